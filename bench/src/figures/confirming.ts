import { type ProgramOptions, startWorker } from '../house/process.js';
import { Redis } from '../house/redis.js';
import { until } from '../house/until.js';
import { type Figure, median } from '../report.js';
import type { Stage } from '../stage.js';

const PEOPLE = 6_000;

/** How fast those who have a seat are told so, with a backlog of them. */
export async function confirming(stage: Stage): Promise<Figure[]> {
  for (let round = 0; round < Math.min(stage.options.rounds, 3); round++) {
    console.log(`confirming, round ${round + 1}`);
    stage.note('confirmed on PostgreSQL, per second', await confirmed(stage, `confirming_${round}`, {}));
    const redis = await Redis.start();
    stage.note(
      'confirmed on Redis, per second',
      await confirmed(stage, `confirming_redis_${round}`, { REDIS_URL: redis.url }),
    );
    await redis.stop();
  }
  const figure = (backend: string, atLeast: number): Figure => ({
    figure: `confirmations on ${backend}`,
    reached: median(stage.of(`confirmed on ${backend}, per second`)),
    unit: '/s',
    goal: { atLeast },
    from: `a backlog of ${PEOPLE.toLocaleString('en')}`,
  });
  return [figure('PostgreSQL', 500), figure('Redis', 2_000)];
}

async function confirmed(stage: Stage, database: string, env: ProgramOptions['env'] & {}): Promise<number> {
  const world = await stage.world(database);
  const people = await world.people(PEOPLE);
  const competitionId = await world.competition({ capacity: PEOPLE });
  const api = await stage.api(world, env);
  await stage.registering(world, api, [competitionId], people, { forMs: 60_000 });
  await api.stop();

  const told = async () => {
    const { rows } = await world.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM mailbox_messages WHERE kind = 'CONFIRMED'`,
    );
    return { n: rows[0]?.n ?? 0, at: performance.now() };
  };
  const worker = startWorker({ databaseUrl: world.databaseUrl, env });
  const first = await until('somebody is told', async () => (await told()).n > 0 && told());
  const last = await until('everybody is told', async () => (await told()).n === PEOPLE && told(), 120_000);
  await (await worker).stop();
  await stage.ensureAllSound(world);
  await world.close();
  return (last.n - first.n) / ((last.at - first.at) / 1_000);
}
