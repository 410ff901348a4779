import { setTimeout as pause } from 'node:timers/promises';
import { Postgres } from '../house/postgres.js';
import type { Program } from '../house/process.js';
import { until } from '../house/until.js';
import type { Person, World } from '../house/world.js';
import { Connection } from '../load/connection.js';
import { registerRequest } from '../load/requests.js';
import { type Figure, median } from '../report.js';
import { Crowd, type Stage } from '../stage.js';

const PROCESSES = 8;
const CHANGES_PER_SECOND = 10;
const CAPACITY = 10_000;
const MAX_ROUNDS = 3;

const BY_ONE = `reads a second, ${CHANGES_PER_SECOND} changes a second by one process`;
const BY_EACH = `reads a second, ${CHANGES_PER_SECOND} changes a second by each`;

/** Each of several processes has a watcher: what they read must not grow with the square of their number. */
export async function signals(stage: Stage): Promise<Figure[]> {
  const { options } = stage;
  // Its own: counting statements costs time, and the other figures are taken without it.
  const postgres = await Postgres.start({ shared_preload_libraries: 'pg_stat_statements' });
  const world = await stage.world('signals', postgres);
  await world.pool.query('CREATE EXTENSION pg_stat_statements');
  const apis: Program[] = [];
  // One after the other: all at once, each takes as long to start as all of them.
  while (apis.length < PROCESSES) apis.push(await stage.api(world));
  const crowd = new Crowd(await world.people(CAPACITY));

  const measure = async (changing: readonly Program[]) => {
    const competitionId = await world.competition({ capacity: CAPACITY });
    const watchers = await Promise.all(apis.map(({ url }) => watchSeats(url, competitionId)));
    const changes = Math.round((3 * options.forMs * CHANGES_PER_SECOND) / 1_000);
    const before = await countReads(world);
    await Promise.all(changing.map(({ url }) => change(url, competitionId, crowd.take(changes))));
    const left = CAPACITY - changing.length * changes;
    await until('every watcher has been told the last state', () =>
      watchers.every(({ seatsLeft }) => seatsLeft() === left),
    );
    const reads = (await countReads(world)) - before;
    for (const watcher of watchers) watcher.close();
    return reads / (changes / CHANGES_PER_SECOND);
  };
  for (let round = 0; round < Math.min(options.rounds, MAX_ROUNDS); round++) {
    console.log(`signals, round ${round + 1}`);
    stage.note(BY_ONE, await measure(apis.slice(0, 1)));
    stage.note(BY_EACH, await measure(apis));
  }
  await Promise.all(apis.map((api) => api.stop()));
  await world.close();
  await postgres.stop();
  return [BY_ONE, BY_EACH].map((figure) => ({
    figure,
    reached: median(stage.of(figure)),
    unit: '/s',
    goal: { atMost: 90 },
    from: `${PROCESSES} API processes, a watcher on each`,
  }));
}

/** At a steady pace, each at its own moment. */
async function change(url: string, competitionId: string, people: readonly Person[]): Promise<void> {
  const { hostname, port } = new URL(url);
  const connection = new Connection(hostname, Number(port));
  const start = performance.now();
  for (const [n, person] of people.entries()) {
    await pause(Math.max(0, start + (n * 1_000) / CHANGES_PER_SECOND - performance.now()));
    const { status, body } = await connection.send(registerRequest(competitionId, person, `change-${competitionId}`));
    if (status !== 201) throw new Error(`A change was answered with ${status}: ${body}`);
  }
  connection.close();
}

interface SeatWatcher {
  /** What was told last. */
  seatsLeft(): number;
  close(): void;
}

async function watchSeats(url: string, competitionId: string): Promise<SeatWatcher> {
  const closing = new AbortController();
  const { body } = await fetch(`${url}/api/competitions/${competitionId}/events`, { signal: closing.signal });
  if (body === null) throw new Error('There is no stream of events');
  let seatsLeft = Number.NaN;
  const read = async () => {
    let received = '';
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      received += text;
      const told = [...received.matchAll(/^data: .*"seatsLeft":(\d+).*\n\n/gm)].at(-1);
      if (told === undefined) continue;
      seatsLeft = Number(told[1]);
      received = received.slice(told.index + told[0].length);
    }
  };
  read().catch(() => {}); // it ends by being closed, and whoever waits for the last state notices any other end
  await until('the present state has been told', () => !Number.isNaN(seatsLeft));
  return { seatsLeft: () => seatsLeft, close: () => closing.abort() };
}

/** How often processes have read what watchers are told; a prepared statement's name is not in these statistics. */
async function countReads(world: World): Promise<number> {
  const { rows } = await world.pool.query<{ calls: number }>(
    `SELECT calls::int FROM pg_stat_statements
     WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND query LIKE '%clock_timestamp() AS now%FROM competitions%= ANY (%'`,
  );
  const [read, ...others] = rows;
  // Also when the statement has been written differently: no reads would be a figure that is always reached.
  if (read === undefined || others.length > 0) throw new Error(`${rows.length} statements look like the one to count`);
  return read.calls;
}
