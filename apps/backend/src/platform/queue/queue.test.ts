import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.js';
import { aCompetition, people } from '../../../test/factories.js';
import { gateBefore } from '../../../test/gate.js';
import { allSettled, broken, enter, eventually, messages, rows } from '../../../test/jobs.js';
import { startRedis, type TestRedis } from '../../../test/redis.js';
import { spawnWorker, startWorker } from '../../../test/worker.js';

describe('a worker whose PostgreSQL goes away', () => {
  it('FT-11: is ready when it is there at last, and heals by itself after each time it was gone', async () => {
    const database = await createTestDatabase();
    const gate = await gateBefore(database.url, 'shut');
    const worker = await spawnWorker({ DATABASE_URL: gate.url });
    const readiness = async () =>
      (await fetch(`http://127.0.0.1:${worker.port}/health/ready`).catch(() => null))?.status;
    await eventually(readiness, (status) => status === 503);
    gate.open();
    await worker.ready();
    for (let times = 1; times <= 2; times++) {
      gate.shut();
      await eventually(readiness, (status) => status === 503);
      await enter(await people(10), await aCompetition());
      gate.open();
      await allSettled(40_000);
      expect(await messages()).toHaveLength(times * 10);
    }
    expect(await rows('SELECT error FROM failed_jobs')).toEqual([]);
    expect(await worker.end('SIGTERM')).toBe(0);
    await gate.close();
    await database.drop();
  }, 120_000);
});

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
