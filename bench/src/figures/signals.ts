import { setTimeout as sleep } from 'node:timers/promises';
import type { Fixtures, Person } from '../../../tools/src/testing/fixtures.js';
import { HttpConnection } from '../../../tools/src/testing/http-connection.js';
import { registerRequest } from '../../../tools/src/testing/http-requests.js';
import { Postgres } from '../../../tools/src/testing/postgres.js';
import type { ProductProcess } from '../../../tools/src/testing/product-process.js';
import { waitFor } from '../../../tools/src/testing/wait-for.js';
import type { Figure } from '../report.js';
import { PeoplePool, type Scenario } from '../scenario.js';

const PROCESSES = 8;
const CHANGES_PER_SECOND = 10;
const CAPACITY = 10_000;
const MAX_ROUNDS = 3;

const BY_ONE = `reads a second, ${CHANGES_PER_SECOND} changes a second by one process`;
const BY_EACH = `reads a second, ${CHANGES_PER_SECOND} changes a second by each`;

/** Every API process has a subscriber: their reads of the seats must not grow with the square of the processes. */
export async function signals(scenario: Scenario): Promise<Figure[]> {
  const { options } = scenario;
  // A separate server: counting statements takes time, which would affect the other figures.
  const postgres = await Postgres.start({ shared_preload_libraries: 'pg_stat_statements' });
  const fixtures = await scenario.fixtures('signals', { postgres });
  await fixtures.pool.query('CREATE EXTENSION pg_stat_statements');
  const apis: ProductProcess[] = [];
  // Sequentially: started at once, each of them takes as long as all together.
  while (apis.length < PROCESSES) apis.push(await scenario.api(fixtures));
  const people = new PeoplePool(await fixtures.people(CAPACITY));

  const measure = async (changing: readonly ProductProcess[]) => {
    const competitionId = await fixtures.competition({ capacity: CAPACITY });
    const subscribers = await Promise.all(apis.map(({ url }) => subscribe(url, competitionId)));
    const changes = Math.round((3 * options.forMs * CHANGES_PER_SECOND) / 1_000);
    const before = await countReads(fixtures);
    await Promise.all(changing.map(({ url }) => changeSeats(url, competitionId, people.take(changes))));
    const left = CAPACITY - changing.length * changes;
    await waitFor('every subscriber has the last state', () =>
      subscribers.every(({ seatsLeft }) => seatsLeft() === left),
    );
    const reads = (await countReads(fixtures)) - before;
    for (const subscriber of subscribers) subscriber.close();
    return reads / (changes / CHANGES_PER_SECOND);
  };
  for (let round = 0; round < Math.min(options.rounds, MAX_ROUNDS); round++) {
    console.log(`signals, round ${round + 1}`);
    scenario.record(BY_ONE, await measure(apis.slice(0, 1)));
    scenario.record(BY_EACH, await measure(apis));
  }
  await Promise.all(apis.map((api) => api.stop()));
  await fixtures.close();
  await postgres.stop();
  return [BY_ONE, BY_EACH].map((figure) => ({
    figure,
    rounds: scenario.valuesOf(figure),
    unit: '/s',
    goal: { atMost: 90 },
    from: `${PROCESSES} API processes, a subscriber on each`,
  }));
}

/** Registers people at a steady rate. */
async function changeSeats(url: string, competitionId: string, people: readonly Person[]): Promise<void> {
  const connection = new HttpConnection(url);
  const start = performance.now();
  for (const [n, person] of people.entries()) {
    await sleep(Math.max(0, start + (n * 1_000) / CHANGES_PER_SECOND - performance.now()));
    const { status, body } = await connection.send(registerRequest(competitionId, person, `change-${competitionId}`));
    if (status !== 201) throw new Error(`A change was answered with ${status}: ${body}`);
  }
  connection.close();
}

interface SeatSubscriber {
  /** Of the last event. */
  seatsLeft(): number;
  close(): void;
}

async function subscribe(url: string, competitionId: string): Promise<SeatSubscriber> {
  const closing = new AbortController();
  const { body } = await fetch(`${url}/api/competitions/${competitionId}/events`, { signal: closing.signal });
  if (body === null) throw new Error('The event stream has no body');
  let seatsLeft = Number.NaN;
  const read = async () => {
    let received = '';
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      received += text;
      const last = [...received.matchAll(/^data: .*"seatsLeft":(\d+).*\n\n/gm)].at(-1);
      if (last === undefined) continue;
      seatsLeft = Number(last[1]);
      received = received.slice(last.index + last[0].length);
    }
  };
  // Closing the stream rejects. If it ends early, the wait for the last state times out.
  read().catch(() => {});
  await waitFor('the stream has the current state', () => !Number.isNaN(seatsLeft));
  return { seatsLeft: () => seatsLeft, close: () => closing.abort() };
}

/** How often the processes read the seats. The statistics have the text of a prepared statement, not its name. */
async function countReads(fixtures: Fixtures): Promise<number> {
  const { rows } = await fixtures.pool.query<{ calls: number }>(
    `SELECT calls::int FROM pg_stat_statements
     WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND query LIKE '%clock_timestamp() AS now%FROM competitions%= ANY (%'`,
  );
  const [read, ...others] = rows;
  // Fails if the statement has been rewritten: with no match, 0 reads would always reach the goal.
  if (read === undefined || others.length > 0)
    throw new Error(`${rows.length} statements match the pattern of the read, instead of one`);
  return read.calls;
}
