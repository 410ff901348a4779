import { startWorker } from '../house/process.js';
import { until } from '../house/until.js';
import type { World } from '../house/world.js';
import { type Figure, median } from '../report.js';
import { Crowd, type Stage } from '../stage.js';

const BACKLOG = 10_000;
const PLENTY = 100_000;
const MOST_IN_A_RUN = 40_000;

/** People register while the worker has a backlog of messages to write: they must not notice it. */
export async function draining(stage: Stage): Promise<Figure[]> {
  const { options } = stage;
  const world = await stage.world('draining');
  const crowd = new Crowd(await world.people(2 * MOST_IN_A_RUN));
  const api = await stage.api(world);
  const register = async () => {
    const one = [await world.competition({ capacity: PLENTY })];
    // Longer than elsewhere: the worker needs half a second to notice a rush.
    return stage.registering(world, api, one, crowd.take(MOST_IN_A_RUN), { forMs: 2 * options.forMs });
  };
  for (let round = 0; round < options.rounds; round++) {
    console.log(`draining, round ${round + 1} of ${options.rounds}`);
    // A rush whose messages nobody writes yet leaves the backlog.
    if (round === 0) await register(); // not yet at speed
    stage.note('registering, the worker off', (await register()).perSecond);
    while ((await waiting(world)) < BACKLOG) await register();

    const worker = await startWorker({ databaseUrl: world.databaseUrl });
    const backlog = await waiting(world);
    await until('the worker writes', async () => (await waiting(world)) < backlog);
    const from = { waiting: await waiting(world), at: performance.now() };
    const { perSecond, answers } = await register();
    stage.note('registering, 10,000 messages draining', perSecond);
    const left = await waiting(world);
    if (left === 0) throw new Error('The backlog was gone before the figure was taken');
    const written = from.waiting + (answers[201] ?? 0) - left;
    stage.note('messages written meanwhile, per second', written / ((performance.now() - from.at) / 1_000));
    await worker.stop();
  }
  await stage.ensureAllSound(world);
  await api.stop();
  await world.close();
  return [
    {
      figure: `registering while ${BACKLOG.toLocaleString('en')} messages drain`,
      reached: median(stage.ratios('registering, 10,000 messages draining', 'registering, the worker off')),
      unit: ' ×',
      goal: { atLeast: 0.9 },
      from: `${median(stage.of('messages written meanwhile, per second')).toFixed(0)} messages/s meanwhile`,
    },
  ];
}

async function waiting(world: World): Promise<number> {
  const { rows } = await world.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM outbox WHERE settled_at IS NULL AND job = 'confirmation'`,
  );
  return rows[0]?.n ?? 0;
}
