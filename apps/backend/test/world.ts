import type { QueueName } from '../src/registry/jobs.js';
import { testEnv } from './app.js';
import { createTestDatabase, type TestDatabase, withDatabase } from './database.js';
import { rows } from './jobs.js';
import { startRedis } from './redis.js';
import { startSmtp } from './smtp.js';
import { spawnWorker, type WorkerProcess } from './worker.js';

export type Kind = 'postgresql' | 'redis';

/** A house of its own for each test: they run at once, since most of their time is waiting for a dead worker's jobs. */
async function aWorld(kind: Kind, database: TestDatabase) {
  const redis = kind === 'redis' ? await startRedis() : null;
  const smtp = await startSmtp();
  const workers: WorkerProcess[] = [];
  return {
    redis,
    smtp,
    env: testEnv({ databaseUrl: database.url, redis: redis && { url: redis.url } }),
    async work(more: Record<string, string> = {}) {
      const worker = await spawnWorker({
        DATABASE_URL: database.url,
        SMTP_URL: smtp.url,
        ...(redis && { REDIS_URL: redis.url }),
        ...more,
      });
      workers.push(worker);
      await worker.ready();
      return worker;
    },
    /** What the newest worker says of itself. */
    async metrics() {
      const url = `http://127.0.0.1:${workers.at(-1)?.port}/metrics`;
      return fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
        (answer) => answer.text(),
        () => '',
      );
    },
    /** What dead workers had in their hands is nobody's from now on, as it would be some seconds later. */
    async endLocks(queue: QueueName) {
      const held = await rows<{ id: string }>('SELECT id FROM outbox WHERE queue = $1 AND settled_at IS NULL', [queue]);
      for (const { id } of held)
        if (redis) await redis.ask('DEL', `mini-compete:${queue}:${id}:lock`);
        else await rows('UPDATE bullmq.job SET locked_until_ms = 0 WHERE queue = $1 AND id = $2', [queue, id]);
    },
    ids: () => smtp.received.map(({ messageId }) => messageId),
    async close() {
      await Promise.all(workers.map((worker) => worker.kill()));
      await smtp.close();
      await redis?.close();
    },
  };
}

export type Story = (world: Awaited<ReturnType<typeof aWorld>>) => Promise<void>;

/** One of each kind at a time: more of them would wait for processors instead of for each other. */
const before: Record<Kind, Promise<void>> = { postgresql: Promise.resolve(), redis: Promise.resolve() };

export function inTurn(kind: Kind, story: Story): Promise<void> {
  const mine = before[kind].then(() => inWorld(kind, story));
  before[kind] = mine.catch(() => {});
  return mine;
}

async function inWorld(kind: Kind, story: Story): Promise<void> {
  const database = await createTestDatabase();
  await withDatabase(database, async () => {
    const world = await aWorld(kind, database);
    try {
      await story(world);
    } finally {
      await world.close();
      await database.drop();
    }
  });
}
