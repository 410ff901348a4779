import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FaultProxy } from '../../../../../tools/src/testing/fault-proxy.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { aCompetition, people, registerMany } from '../../../test/support/factories.js';
import { allJobsSettled, brokenJobInvariants } from '../../../test/support/jobs.js';
import { spawnWorker } from '../../../test/support/processes.js';
import { messages, rows } from '../../../test/support/queries.js';
import { startRedis, type TestRedis } from '../../../test/support/redis.js';
import { startWorker } from '../../../test/support/worker.js';

describe('a worker whose PostgreSQL becomes unavailable', () => {
  it('FT-11: becomes ready once PostgreSQL is available, and recovers from each outage', async () => {
    const database = await createTestDatabase();
    const proxy = await FaultProxy.open(database.url, 'refusing');
    const worker = await spawnWorker(proxy.url);
    const readiness = async () => (await fetch(`${worker.url}/health/ready`).catch(() => null))?.status;
    await eventually(readiness, (status) => status === 503);
    proxy.forward();
    await worker.ready();
    for (let times = 1; times <= 2; times++) {
      proxy.refuse();
      await eventually(readiness, (status) => status === 503);
      await registerMany(await people(10), await aCompetition());
      proxy.forward();
      await allJobsSettled(40_000);
      expect(await messages()).toHaveLength(times * 10);
    }
    expect(await rows('SELECT error FROM failed_jobs')).toEqual([]);
    expect(await worker.end('SIGTERM')).toBe(0);
    await proxy.close();
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
    await redis?.stop();
    await database?.drop();
  });

  it('confirm seated registrations and send each person one message', async () => {
    const persons = await people(50);
    const competition = await aCompetition({ capacity: 40 });
    await registerMany(persons.slice(0, 40), competition);
    await registerMany(persons.slice(40), competition, { join: true });
    await allJobsSettled();
    expect(await rows(`SELECT status, count(*)::int AS n FROM registrations GROUP BY status ORDER BY status`)).toEqual([
      { status: 'CONFIRMED', n: 40 },
      { status: 'WAITLISTED', n: 10 },
    ]);
    expect((await messages()).map(({ kind }) => kind).sort()).toEqual([
      ...Array(40).fill('CONFIRMED'),
      ...Array(10).fill('WAITING'),
    ]);
    expect(await brokenJobInvariants()).toEqual([]);
  });
});
