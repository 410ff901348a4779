import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { aCompetition, anAdmin, aPerson, people, registerMany } from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import { allJobsSettled, brokenJobInvariants, countUnsettled } from '../../../test/support/jobs.js';
import { spawnWorker } from '../../../test/support/processes.js';
import { messages, rows } from '../../../test/support/queries.js';
import { startRedis, type TestRedis } from '../../../test/support/redis.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { startWorker } from '../../../test/support/worker.js';

describe('a queue on Redis', () => {
  let redis: TestRedis;
  let database: TestDatabase;
  let smtp: TestSmtp;
  let worker: Awaited<ReturnType<typeof startWorker>>;

  beforeAll(async () => {
    redis = await startRedis();
    smtp = await startSmtp();
  });
  beforeEach(async () => {
    database = await createTestDatabase();
    worker = await startWorker({ databaseUrl: database.url, redis: { url: redis.url }, smtpUrl: smtp.url });
    smtp.received.length = 0;
  });
  afterEach(async () => {
    await worker.close();
    await database.drop();
    await redis.command('FLUSHALL');
  });
  afterAll(async () => {
    await redis.stop();
    await smtp.close();
  });

  /** 500 mails that wait in Redis, because the mail server is unavailable. */
  const fillQueue = async () => {
    await smtp.stop();
    await registerMany(await people(500), await aCompetition({ capacity: 500 }));
    await eventually(
      () => rows(`SELECT id FROM outbox WHERE job = 'send' AND handed_at IS NOT NULL`),
      (found) => found.length === 500,
    );
  };

  it('JB-01: registering works without Redis, and the message follows once Redis is back', async () => {
    const api: TestApi = await startApi({ databaseUrl: database.url, redis: { url: redis.url } });
    await redis.kill();
    const person = await aPerson();
    const response = await participantClient(api.url).register(person, await aCompetition());
    expect(response.status).toBe(201);
    expect((await get(api.url, '/health/ready')).status).toBe(200);
    const overview = await get(api.url, '/api/admin/jobs', { token: (await anAdmin()).token });
    expect(overview.body).toMatchObject({ backend: 'redis', answers: false });
    expect(overview.body.warnings.join()).toContain('Nothing is lost');
    await redis.start();
    await allJobsSettled();
    expect(await messages()).toMatchObject([{ kind: 'CONFIRMED', delivery: 'SENT' }]);
    await api.close();
  });

  it('JB-02: FLUSHALL with 500 mails waiting delays them and loses none', async () => {
    await fillQueue();
    await redis.command('FLUSHALL');
    await smtp.start();
    await allJobsSettled(90_000);
    expect(smtp.received).toHaveLength(500);
    expect(new Set(smtp.received.map(({ messageId }) => messageId)).size).toBe(500);
    expect(await brokenJobInvariants()).toEqual([]);
  });

  it('sabotage of JB-02: if leases never end, jobs that Redis loses are lost', async () => {
    await rows(`
      CREATE FUNCTION no_lease() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.due_at > now() THEN NEW.due_at := 'infinity'; NEW.handed_at := NULL; END IF;
        RETURN NEW;
      END $$`);
    await smtp.stop();
    await registerMany(await people(20), await aCompetition({ capacity: 20 }));
    await eventually(
      () => countUnsettled('confirmation'),
      (n) => n === 0,
    );
    await rows(`CREATE TRIGGER no_lease BEFORE UPDATE ON outbox FOR EACH ROW EXECUTE FUNCTION no_lease()`);
    await rows(`UPDATE outbox SET due_at = now() WHERE settled_at IS NULL`);
    await eventually(
      () => rows(`SELECT id FROM outbox WHERE job = 'send' AND due_at = 'infinity'`),
      (found) => found.length === 20,
    );
    await redis.command('FLUSHALL');
    await smtp.start();
    // Another message shows that the queue works again and would have sent the others too.
    await registerMany([await aPerson()], await aCompetition());
    await eventually(
      () => smtp.received.length,
      (n) => n > 0,
    );
    expect(await countUnsettled('send')).toBeGreaterThan(0);
  });

  it('JB-19: a Redis that may evict jobs is refused with an error message', async () => {
    const evicting = await startRedis('--maxmemory-policy', 'allkeys-lru');
    const refused = await spawnWorker(database.url, { REDIS_URL: evicting.url });
    await eventually(
      () => refused.child.exitCode,
      (code) => code !== null,
    );
    expect(refused.child.exitCode).toBe(1);
    expect(refused.output()).toMatch(/maxmemory-policy is "allkeys-lru" and has to be "noeviction"/);
    expect(refused.output()).not.toMatch(/ {4}at /);
    await evicting.stop();
  });

  it('FT-11: a worker whose Redis is unavailable at start becomes ready once Redis is available', async () => {
    const late = await startRedis();
    await late.kill();
    const waiting = await spawnWorker(database.url, { REDIS_URL: late.url });
    const readiness = async () => (await fetch(`${waiting.url}/health/ready`).catch(() => null))?.status;
    await eventually(readiness, (status) => status === 503);
    await late.start();
    await waiting.ready();
    await waiting.end('SIGTERM');
    await late.stop();
  });
});
