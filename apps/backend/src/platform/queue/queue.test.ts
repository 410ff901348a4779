import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FaultProxy } from '../../../../../tools/src/testing/fault-proxy.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { aCompetition, people, registerMany } from '../../../test/support/factories.js';
import { allJobsSettled, brokenJobInvariants, enqueue } from '../../../test/support/jobs.js';
import { spawnWorker } from '../../../test/support/processes.js';
import { messages, rows } from '../../../test/support/queries.js';
import { startRedis, type TestRedis } from '../../../test/support/redis.js';
import { startWorker } from '../../../test/support/worker.js';
import { Metrics } from '../metrics/metrics.js';
import { BACKEND, JOB_OPTIONS, type QueueBackend } from './backend.js';
import { BATCH } from './queue-jobs.js';

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

  it('JB-25: are dispatched many at a time, and a bad row of a batch fails alone', async () => {
    const queue = worker.app.get<QueueBackend>(BACKEND, { strict: false }).queue('registration');
    const addBulk = vi.spyOn(queue, 'addBulk');
    const bad = await rows<{ id: string }>(
      `INSERT INTO outbox (queue, job, payload) VALUES
         ('registration', 'confirmation', '{}'),
         ('registration', 'confirmation', jsonb_build_object('registrationId', uuidv7()))
       RETURNING id`,
    );
    const before = (await messages()).length;
    await registerMany(await people(150), await aCompetition({ capacity: 150 }));
    await allJobsSettled();
    expect((await messages()).length - before).toBe(150);
    const added = addBulk.mock.calls.flatMap(([jobs]) => jobs.map(({ name }) => name));
    addBulk.mockRestore();
    expect(added.filter((name) => name === BATCH).length).toBeGreaterThanOrEqual(2);
    expect(added.length).toBeLessThan(120);
    const failed = await rows<{ id: string; error: string }>('SELECT outbox_id AS id, error FROM failed_jobs');
    expect(failed.map(({ id }) => id).sort()).toEqual(bad.map(({ id }) => id).sort());
    expect(failed.map(({ error }) => error).sort()).toEqual([
      expect.stringContaining('Its payload is not valid'),
      'The registration does not exist.',
    ]);
    expect(await brokenJobInvariants()).toEqual([]);
    await rows('DELETE FROM failed_jobs');
  });

  it('S12: count a job whose message is no longer true as outdated, and not as a failure', async () => {
    const [registrationId = ''] = await registerMany(await people(1), await aCompetition());
    await allJobsSettled();
    const count = async (outcome: string) => {
      const metrics = await worker.app.get(Metrics, { strict: false }).registry.metrics();
      const line = metrics.split('\n').find((text) => text.includes(`job="left"`) && text.includes(`"${outcome}"`));
      return Number(line?.split(' ').at(-1) ?? 0);
    };
    // The person has not left.
    const id = await enqueue('left', { registrationId });
    await allJobsSettled();
    await eventually(
      () => count('outdated'),
      (n) => n === 1,
    );
    expect([await count('done'), await count('failed'), await count('dead')]).toEqual([0, 0, 0]);
    expect(await rows('SELECT outdated FROM outbox WHERE id = $1', [id])).toEqual([{ outdated: true }]);
    expect(await rows('SELECT FROM failed_jobs')).toEqual([]);
    expect(await messages(`kind = 'LEFT'`)).toEqual([]);
  });

  it('JB-24: leave a job that they do not know to workers of another version, and give it up after ten minutes', async () => {
    const add = async (ageMs: number) => {
      const [row] = await rows<{ id: string }>(
        `INSERT INTO outbox (queue, job, payload, due_at) VALUES ('registration', 'from-the-future', '{}', 'infinity')
         RETURNING id`,
      );
      const opts = { ...JOB_OPTIONS, jobId: row?.id, timestamp: Date.now() - ageMs };
      const backend = worker.app.get<QueueBackend>(BACKEND, { strict: false });
      await backend.queue('registration').addBulk([{ name: 'from-the-future', data: {}, opts }]);
      return row?.id;
    };
    const [young, old] = [await add(0), await add(11 * 60_000)];
    await eventually(
      () => rows('SELECT outbox_id AS id FROM failed_jobs'),
      (failed) => failed.length === 1,
    );
    expect(await rows('SELECT outbox_id AS id, error, permanent FROM failed_jobs')).toEqual([
      { id: old, error: 'There is no job "from-the-future" in this queue.', permanent: true },
    ]);
    const backend = worker.app.get<QueueBackend>(BACKEND, { strict: false });
    await eventually(
      () => backend.queue('registration').getJobCounts('delayed'),
      ({ delayed }) => delayed === 1,
    );
    // Others are enqueued by the clock at each full minute.
    expect(await rows(`SELECT id FROM outbox WHERE queue = 'registration' AND settled_at IS NULL`)).toEqual([
      { id: young },
    ]);
    // Other jobs of the queue go on.
    expect(await rows('SELECT FROM queue_rests')).toEqual([]);
    await registerMany(await people(1), await aCompetition());
    await eventually(
      () => messages(`kind = 'CONFIRMED' AND title LIKE '%Competition%'`),
      (sent) => sent.length > 0,
    );
  });
});
