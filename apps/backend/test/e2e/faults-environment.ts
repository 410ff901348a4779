import type { QueueName } from '../../src/registry/jobs.js';
import { testEnv } from '../support/api.js';
import { createTestDatabase, type TestDatabase, withDatabase } from '../support/database.js';
import { spawnWorker, type TestProcess } from '../support/processes.js';
import { rows } from '../support/queries.js';
import { startRedis } from '../support/redis.js';
import { startSmtp } from '../support/smtp.js';

export type QueueBackend = 'postgresql' | 'redis';

/** The servers of one test. Each test has its own, because tests of both backends run at the same time. */
async function createEnvironment(backend: QueueBackend, database: TestDatabase) {
  const redis = backend === 'redis' ? await startRedis() : null;
  const smtp = await startSmtp();
  const workers: TestProcess[] = [];
  return {
    redis,
    smtp,
    env: testEnv({ databaseUrl: database.url, redis: redis && { url: redis.url } }),
    async startWorker(env: Record<string, string> = {}) {
      const worker = await spawnWorker(database.url, {
        SMTP_URL: smtp.url,
        ...(redis && { REDIS_URL: redis.url }),
        ...env,
      });
      workers.push(worker);
      await worker.ready();
      return worker;
    },
    /** Of the worker that was started last. */
    async metrics() {
      const url = `${workers.at(-1)?.url}/metrics`;
      return fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
        (response) => response.text(),
        () => '',
      );
    },
    /** Ends the locks of killed workers now, instead of some seconds later. */
    async expireLocks(queue: QueueName) {
      if (redis) {
        const locks = (await redis.command('KEYS', `mini-compete:${queue}:*:lock`)) as string[];
        if (locks.length > 0) await redis.command('DEL', ...locks);
      } else await rows('UPDATE bullmq.job SET locked_until_ms = 0 WHERE queue = $1', [queue]);
    },
    messageIds: () => smtp.received.map(({ messageId }) => messageId),
    async close() {
      await Promise.all(workers.map((worker) => worker.kill()));
      await smtp.close();
      await redis?.stop();
    },
  };
}

export type Scenario = (environment: Awaited<ReturnType<typeof createEnvironment>>) => Promise<void>;

const last: Record<QueueBackend, Promise<void>> = { postgresql: Promise.resolve(), redis: Promise.resolve() };

/**
 * Runs the scenarios of a backend one after the other, those of both backends at the same time. Scenarios mostly wait,
 * for example for the locks of killed workers to expire; more than two at a time would compete for the processors.
 */
export function runInTurn(backend: QueueBackend, scenario: Scenario): Promise<void> {
  const run = last[backend].then(() => runScenario(backend, scenario));
  last[backend] = run.catch(() => {}); // the caller handles the error
  return run;
}

async function runScenario(backend: QueueBackend, scenario: Scenario): Promise<void> {
  const database = await createTestDatabase();
  await withDatabase(database, async () => {
    const environment = await createEnvironment(backend, database);
    try {
      await scenario(environment);
    } finally {
      await environment.close();
      await database.drop();
    }
  });
}
