import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/app.js';
import { get } from '../../../test/client.js';
import { createTestDatabase, type TestDatabase } from '../../../test/database.js';
import { aCompetition, anAdmin, aPerson, people } from '../../../test/factories.js';
import { allSettled, broken, enter, eventually, messages, rows, unsettled } from '../../../test/jobs.js';
import { startRedis, type TestRedis } from '../../../test/redis.js';
import { clientOf } from '../../../test/registering.js';
import { startSmtp, type TestSmtp } from '../../../test/smtp.js';
import { spawnWorker, startWorker } from '../../../test/worker.js';

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
    await redis.ask('FLUSHALL');
  });
  afterAll(async () => {
    await redis.close();
    await smtp.close();
  });

  /** 500 mails that wait in Redis, since the mail server is away. */
  const fillQueue = async () => {
    await smtp.stop();
    await enter(await people(500), await aCompetition({ capacity: 500 }));
    await eventually(
      () => rows(`SELECT id FROM outbox WHERE job = 'send' AND handed_at IS NOT NULL`),
      (found) => found.length === 500,
    );
  };

  it('JB-01: registering goes on without Redis, and the message follows when it is back', async () => {
    const api: TestApi = await startApi({ databaseUrl: database.url, redis: { url: redis.url } });
    await redis.kill();
    const person = await aPerson();
    const answer = await clientOf(api.url).register(person, await aCompetition());
    expect(answer.status).toBe(201);
    expect((await get(api.url, '/health/ready')).status).toBe(200);
    const overview = await get(api.url, '/api/admin/jobs', { token: (await anAdmin()).token });
    expect(overview.body).toMatchObject({ backend: 'redis', answers: false });
    expect(overview.body.warnings.join()).toContain('Nothing is lost');
    await redis.start();
    await allSettled();
    expect(await messages()).toMatchObject([{ kind: 'CONFIRMED', delivery: 'SENT' }]);
    await api.close();
  });

  it('JB-02: FLUSHALL with 500 mails waiting delays them and loses none', async () => {
    await fillQueue();
    await redis.ask('FLUSHALL');
    await smtp.start();
    await allSettled(40_000);
    expect(smtp.received).toHaveLength(500);
    expect(new Set(smtp.received.map(({ messageId }) => messageId)).size).toBe(500);
    expect(await broken()).toEqual([]);
  }, 60_000);

  it('sabotage of JB-02: without anybody who looks again, what Redis forgets is lost', async () => {
    await rows(`
      CREATE FUNCTION forget_claims() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.due_at > now() THEN NEW.due_at := 'infinity'; NEW.handed_at := NULL; END IF;
        RETURN NEW;
      END $$`);
    await smtp.stop();
    await enter(await people(20), await aCompetition({ capacity: 20 }));
    await eventually(
      () => unsettled('confirmation'),
      (n) => n === 0,
    );
    await rows(`CREATE TRIGGER forget_claims BEFORE UPDATE ON outbox FOR EACH ROW EXECUTE FUNCTION forget_claims()`);
    await rows(`UPDATE outbox SET due_at = now() WHERE settled_at IS NULL`);
    await eventually(
      () => rows(`SELECT id FROM outbox WHERE job = 'send' AND due_at = 'infinity'`),
      (found) => found.length === 20,
    );
    await redis.ask('FLUSHALL');
    await smtp.start();
    // Another message, to see that the queue works again and would have sent the others too.
    await enter([await aPerson()], await aCompetition());
    await eventually(
      () => smtp.received.length,
      (n) => n > 0,
    );
    expect(await unsettled('send')).toBeGreaterThan(0);
  });

  it('JB-19: a Redis that may throw jobs away is refused in a sentence', async () => {
    const evicting = await startRedis('--maxmemory-policy', 'allkeys-lru');
    const refused = await spawnWorker({ DATABASE_URL: database.url, REDIS_URL: evicting.url });
    await eventually(
      () => refused.child.exitCode,
      (code) => code !== null,
    );
    expect(refused.child.exitCode).toBe(1);
    expect(refused.output()).toMatch(/maxmemory-policy is "allkeys-lru" and has to be "noeviction"/);
    expect(refused.output()).not.toMatch(/ {4}at /);
    await evicting.close();
  });

  it('FT-11: a worker whose Redis is absent at start is not ready, and becomes so by itself', async () => {
    const late = await startRedis();
    await late.kill();
    const waiting = await spawnWorker({ DATABASE_URL: database.url, REDIS_URL: late.url });
    const readiness = async () =>
      (await fetch(`http://127.0.0.1:${waiting.port}/health/ready`).catch(() => null))?.status;
    await eventually(readiness, (status) => status === 503);
    await late.start();
    await waiting.ready();
    await waiting.end('SIGTERM');
    await late.close();
  });
});
