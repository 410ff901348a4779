import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBackend } from '../src/queue/create-backend.js';
import { testEnv } from './app.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { aCompetition, aPerson, type Person, people } from './factories.js';
import { allSettled, broken, enter, eventually, messages, rows, unsettled } from './jobs.js';
import { startRedis, type TestRedis } from './redis.js';
import { startSmtp, type TestSmtp } from './smtp.js';
import { spawnWorker, type WorkerProcess } from './worker.js';

const BOTH_DONE = /mini_compete_job_attempts_total\{job="send",outcome="done"\} [2-9]/;

/** What happens to messages when workers, relays, queues and mail servers die: real processes, really killed. */
export function faultsOn(kind: 'postgresql' | 'redis'): void {
  describe(`faults with the queue on ${kind}`, () => {
    let database: TestDatabase;
    let redis: TestRedis | undefined;
    let smtp: TestSmtp;
    let workers: WorkerProcess[] = [];

    beforeAll(async () => {
      redis = kind === 'redis' ? await startRedis() : undefined;
    });
    beforeEach(async () => {
      database = await createTestDatabase();
      await redis?.ask('FLUSHALL');
      smtp = await startSmtp();
    });
    afterEach(async () => {
      await Promise.all(workers.map((worker) => worker.kill()));
      workers = [];
      await smtp.close();
      await database.drop();
    });
    afterAll(async () => {
      await redis?.close();
    });

    const work = async (more: Record<string, string> = {}) => {
      const worker = await spawnWorker({
        DATABASE_URL: database.url,
        SMTP_URL: smtp.url,
        ...(redis && { REDIS_URL: redis.url }),
        ...more,
      });
      workers.push(worker);
      await worker.ready();
      return worker;
    };
    /** Beyond the time for which a worker that died is believed to be at it. */
    const letTimePass = () =>
      rows(`UPDATE mailbox_messages SET sending_at = sending_at - interval '5 minutes' WHERE delivery = 'SENDING'`);
    /** What the timetable enqueues each minute. */
    const look = (job: string) =>
      rows(
        `WITH added AS (INSERT INTO outbox (queue, job, payload) VALUES ('schedule', $1, $2) RETURNING id)
         SELECT pg_notify('outbox', '') FROM added`,
        [job, { slot: new Date().toISOString() }],
      );
    const metricsOf = () => `http://127.0.0.1:${workers.at(-1)?.port}/metrics`;
    const ids = () => smtp.received.map(({ messageId }) => messageId);
    const deliveryOf = async ({ id }: Person) => (await messages(`user_id = '${id}'`))[0]?.delivery;
    const deliveries = async () => (await messages()).map(({ delivery }) => delivery);

    it('JB-03, JB-04: two relays and 3,000 rows, one of them killed: each person is told once', async () => {
      const [first] = await Promise.all([work({ SMTP_URL: '' }), work({ SMTP_URL: '' })]);
      await enter(await people(3_000), await aCompetition({ capacity: 3_000 }));
      await eventually(
        () => unsettled(),
        (n) => n < 2_500,
      );
      await first.kill();
      await allSettled(60_000);
      expect(await messages()).toHaveLength(3_000);
      expect(await broken()).toEqual([]);
    }, 90_000);

    it('JB-05: one job added ten times, and again when it was done, is one message', async () => {
      await work({ SMTP_URL: '' });
      const [registrationId] = await enter([await aPerson()], await aCompetition());
      const [{ id } = { id: '' }] = await rows<{ id: string }>('SELECT id FROM outbox');
      const backend = createBackend(
        testEnv({ databaseUrl: database.url, redis: redis === undefined ? null : { url: redis.url } }),
      );
      await backend.prepare();
      const again = () =>
        backend.queue('registration').addBulk(
          Array.from({ length: 10 }, () => ({
            name: 'confirmation',
            data: { registrationId },
            opts: { jobId: id, removeOnComplete: true },
          })),
        );
      const idle = () =>
        eventually(
          () => backend.queue('registration').getJobCounts('waiting', 'active', 'delayed'),
          (counts) => Object.values(counts).every((n) => n === 0),
        );
      await again();
      await allSettled();
      await idle();
      await again();
      await idle();
      await backend.close();
      expect(await messages()).toHaveLength(1);
    });

    it('JB-06: a worker that was stopped in mid-job and comes back sends nothing that another has sent', async () => {
      const stopped = await work();
      const person = await aPerson();
      smtp.trouble = { at: 'rcpt', does: 'hang', times: 1 };
      await enter([person], await aCompetition());
      await eventually(
        () => smtp.asked.rcpt,
        (n) => n === 1,
      );
      stopped.child.kill('SIGSTOP');
      await work();
      await eventually(deliveries, (found) => found[0] === 'SENT', 60_000);
      stopped.child.kill('SIGCONT');
      // Its server says "go on" at last: it asks whether the message is still its own, and hangs up.
      smtp.release();
      await eventually(
        () => smtp.asked.rcpt,
        (n) => n >= 2,
      );
      await allSettled();
      expect(await stopped.end('SIGTERM')).toBe(0);
      expect(ids()).toHaveLength(1);
      expect(await deliveries()).toEqual(['SENT']);
    }, 90_000);

    it('JB-07, JB-08: killed before the body a mail is sent by the next, killed after it by nobody: it is unknown', async () => {
      const killed = await work();
      const [before, after] = (await people(2)) as [Person, Person];
      smtp.trouble = [
        { at: 'rcpt', does: 'hang', times: 1, to: before.email },
        { at: 'dot', does: 'take-and-hang', times: 1, to: after.email },
      ];
      await enter([before, after], await aCompetition());
      await eventually(
        () => smtp.asked.rcpt,
        (n) => n === 2,
      );
      await eventually(
        () => smtp.received.length,
        (n) => n === 1,
      );
      await killed.kill();
      await work();
      // Both jobs come back to a worker that lives; one of them is not its to send.
      await eventually(
        async () => (await fetch(metricsOf())).text(),
        (text) => BOTH_DONE.test(text),
        60_000,
      );
      expect(await deliveryOf(before)).toBe('SENT');
      expect(await deliveryOf(after)).toBe('SENDING');
      await letTimePass();
      await look('lost-senders');
      await allSettled();
      expect(await deliveryOf(after)).toBe('UNKNOWN');
      expect(smtp.received.map(({ to }) => to)).toEqual([after.email, before.email]);
      expect(await broken()).toEqual([]);
    }, 150_000);

    it('FT-07: told to end with ten messages in flight, a worker ends in time and hands them back', async () => {
      const worker = await work({ WORKER_CONCURRENCY: '10' });
      smtp.trouble = { at: 'rcpt', does: 'hang' };
      await enter(await people(10), await aCompetition());
      await eventually(
        () => smtp.asked.rcpt,
        (n) => n === 10,
      );
      const began = Date.now();
      expect(await worker.end('SIGTERM')).toBe(0);
      expect(Date.now() - began).toBeLessThan(10_000);
      smtp.trouble = null;
      await work();
      await allSettled(60_000);
      expect(new Set(ids()).size).toBe(10);
      expect(ids()).toHaveLength(10);
      expect(await broken()).toEqual([]);
    }, 90_000);

    it('500 registrations, with worker, queue and mail server killed in the middle: all told, none twice', async () => {
      let worker = await work({ WORKER_CONCURRENCY: '2' });
      const competition = await aCompetition({ capacity: 500 });
      const persons = await people(500);
      for (let i = 0; i < 500; i += 100) {
        await enter(persons.slice(i, i + 100), competition);
        await eventually(
          () => smtp.received.length,
          (n) => n > i / 2,
          60_000,
        );
        if (i === 100) {
          await worker.kill();
          worker = await work({ WORKER_CONCURRENCY: '2' });
        }
        if (i === 200 && redis) {
          await redis.kill();
          await redis.start();
        }
        if (i === 300) {
          await smtp.stop();
          await smtp.start();
        }
      }
      await eventually(
        async () => {
          await letTimePass();
          return unsettled();
        },
        (n) => n === 0,
        120_000,
      );
      const told = await messages();
      expect(told).toHaveLength(500);
      const unknown = told.filter(({ delivery }) => delivery === 'UNKNOWN').length;
      expect(told.every(({ delivery }) => delivery === 'SENT' || delivery === 'UNKNOWN')).toBe(true);
      expect(unknown).toBeLessThan(20);
      expect(new Set(ids()).size).toBe(ids().length);
      expect(ids().length).toBeGreaterThanOrEqual(500 - unknown);
      expect(await broken()).toEqual([]);
    }, 180_000);
  });
}
