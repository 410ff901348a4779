import type { Fixtures } from '../../../tools/src/testing/fixtures.js';
import { startWorker } from '../../../tools/src/testing/product-process.js';
import { waitFor } from '../../../tools/src/testing/wait-for.js';
import { type Figure, median } from '../report.js';
import { PeoplePool, type Scenario } from '../scenario.js';

const BACKLOG = 10_000;
const LARGE_CAPACITY = 100_000;
const MAX_PER_RUN = 80_000;

const WORKER_OFF = 'registering, the worker off';
const DRAINING = 'registering, 10,000 messages draining';
const WRITTEN = 'messages written meanwhile, per second';

/** Registrations per second while the worker drains a backlog of messages, and how fast it does. */
export async function draining(scenario: Scenario): Promise<Figure[]> {
  const { options } = scenario;
  const fixtures = await scenario.fixtures('draining');
  const people = new PeoplePool(await fixtures.people(2 * MAX_PER_RUN));
  const api = await scenario.api(fixtures);
  const register = async () => {
    const one = [await fixtures.competition({ capacity: LARGE_CAPACITY })];
    // Longer than elsewhere: the throttle adapts once a second.
    return scenario.register(fixtures, api, one, people.take(MAX_PER_RUN), { forMs: 3 * options.forMs });
  };
  for (let round = 0; round < options.rounds; round++) {
    console.log(`draining, round ${round + 1} of ${options.rounds}`);
    if (round === 0) await register(); // warm-up
    // Without a worker, each run adds its messages to the backlog.
    scenario.record(WORKER_OFF, (await register()).perSecond);
    while ((await countUnsettled(fixtures)) < BACKLOG) await register();

    const worker = await startWorker({ databaseUrl: fixtures.databaseUrl });
    const backlog = await countUnsettled(fixtures);
    await waitFor('the worker writes messages', async () => (await countUnsettled(fixtures)) < backlog);
    const before = await countUnsettled(fixtures);
    const start = performance.now();
    const { perSecond, counts } = await register();
    scenario.record(DRAINING, perSecond);
    const left = await countUnsettled(fixtures);
    if (left === 0) throw new Error('The backlog was empty before the end of the measurement');
    const written = before + (counts[201] ?? 0) - left;
    scenario.record(WRITTEN, written / ((performance.now() - start) / 1_000));
    await worker.stop();
  }
  await scenario.ensureAllInvariants(fixtures);
  await api.stop();
  await fixtures.close();
  return [
    {
      figure: `registering while ${BACKLOG.toLocaleString('en')} messages drain`,
      rounds: scenario.ratios(DRAINING, WORKER_OFF),
      unit: ' ×',
      goal: { atLeast: 0.85 },
      from: `${median(scenario.valuesOf(DRAINING)).toFixed(0)}/s against ${median(scenario.valuesOf(WORKER_OFF)).toFixed(0)}/s`,
    },
    {
      figure: 'messages written while people register',
      rounds: scenario.valuesOf(WRITTEN),
      unit: '/s',
      goal: { atLeast: 100 },
      from: `a backlog of ${BACKLOG.toLocaleString('en')}, and 256 connections that register`,
    },
  ];
}

async function countUnsettled({ pool }: Fixtures): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM outbox WHERE settled_at IS NULL AND job = 'confirmation'`,
  );
  return rows[0]?.n ?? 0;
}
