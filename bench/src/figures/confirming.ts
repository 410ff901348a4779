import { startWorker } from '../../../tools/src/testing/product-process.js';
import { RedisServer } from '../../../tools/src/testing/redis.js';
import { waitFor } from '../../../tools/src/testing/wait-for.js';
import type { Figure } from '../report.js';
import type { Scenario } from '../scenario.js';

const PEOPLE = 6_000;

/** How many confirmations the worker delivers per second from a backlog. */
export async function confirming(scenario: Scenario): Promise<Figure[]> {
  for (let round = 0; round < Math.min(scenario.options.rounds, 3); round++) {
    console.log(`confirming, round ${round + 1}`);
    scenario.record(
      'confirmed on PostgreSQL, per second',
      await confirmationsPerSecond(scenario, `confirming_${round}`, {}),
    );
    const redis = await RedisServer.start();
    scenario.record(
      'confirmed on Redis, per second',
      await confirmationsPerSecond(scenario, `confirming_redis_${round}`, { REDIS_URL: redis.url }),
    );
    await redis.stop();
  }
  const figure = (backend: string, atLeast: number): Figure => ({
    figure: `confirmations on ${backend}`,
    rounds: scenario.valuesOf(`confirmed on ${backend}, per second`),
    unit: '/s',
    goal: { atLeast },
    from: `a backlog of ${PEOPLE.toLocaleString('en')}`,
  });
  return [figure('PostgreSQL', 500), figure('Redis', 2_000)];
}

async function confirmationsPerSecond(scenario: Scenario, database: string, env: NodeJS.ProcessEnv): Promise<number> {
  const fixtures = await scenario.fixtures(database);
  const people = await fixtures.people(PEOPLE);
  const competitionId = await fixtures.competition({ capacity: PEOPLE });
  const api = await scenario.api(fixtures, env);
  await scenario.register(fixtures, api, [competitionId], people, { forMs: 60_000 });
  await api.stop();

  const delivered = async () => {
    const { rows } = await fixtures.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM mailbox_messages WHERE kind = 'CONFIRMED'`,
    );
    return { n: rows[0]?.n ?? 0, at: performance.now() };
  };
  const worker = startWorker({ databaseUrl: fixtures.databaseUrl, env });
  const first = await waitFor('one is delivered', async () => (await delivered()).n > 0 && delivered());
  const last = await waitFor('all are delivered', async () => (await delivered()).n === PEOPLE && delivered(), 120_000);
  await (await worker).stop();
  await scenario.ensureAllInvariants(fixtures);
  await fixtures.close();
  return (last.n - first.n) / ((last.at - first.at) / 1_000);
}
