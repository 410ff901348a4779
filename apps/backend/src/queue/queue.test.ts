import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/database.js';
import { aCompetition, people } from '../../test/factories.js';
import { allSettled, broken, enter, messages, rows } from '../../test/jobs.js';
import { startRedis, type TestRedis } from '../../test/redis.js';
import { startWorker } from '../../test/worker.js';

describe.each(['postgresql', 'redis'] as const)('jobs on %s', (kind) => {
  let database: TestDatabase;
  let redis: TestRedis | undefined;
  let worker: Awaited<ReturnType<typeof startWorker>>;

  beforeAll(async () => {
    database = await createTestDatabase();
    redis = kind === 'redis' ? await startRedis() : undefined;
    worker = await startWorker({ databaseUrl: database.url, redis: redis ? { url: redis.url } : null });
  });
  afterAll(async () => {
    await worker?.close();
    await redis?.close();
    await database?.drop();
  });

  it('confirms who got a seat, and tells them once', async () => {
    const persons = await people(50);
    const competition = await aCompetition({ capacity: 40 });
    await enter(persons.slice(0, 40), competition);
    await enter(persons.slice(40), competition, { join: true });
    await allSettled();
    expect(await rows(`SELECT status, count(*)::int AS n FROM registrations GROUP BY status ORDER BY status`)).toEqual([
      { status: 'CONFIRMED', n: 40 },
      { status: 'WAITLISTED', n: 10 },
    ]);
    expect((await messages()).map(({ kind }) => kind).sort()).toEqual([
      ...Array(40).fill('CONFIRMED'),
      ...Array(10).fill('WAITING'),
    ]);
    expect(await broken()).toEqual([]);
  });
});
