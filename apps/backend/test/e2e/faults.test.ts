import { describe, expect, it } from 'vitest';
import { MAX_WORKER_DEATHS } from '../../src/platform/queue/backend.js';
import { createBackend } from '../../src/platform/queue/create-backend.js';
import { startApi } from '../support/api.js';
import { testPool } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { aCompetition, anAdmin, aPerson, type Person, people, registerMany } from '../support/factories.js';
import { post } from '../support/http-client.js';
import { allJobsSettled, brokenJobInvariants, countUnsettled, enqueue } from '../support/jobs.js';
import { messages, rows } from '../support/queries.js';
import { type QueueBackend, runInTurn, type Scenario } from './faults-environment.js';

const TWO_SENT = /mini_compete_job_attempts_total\{job="send",outcome="done"\} [2-9]/;

/** Makes deliveries that are SENDING old enough to count as stale. */
const ageDeliveries = () =>
  rows(`UPDATE mailbox_messages SET sending_at = sending_at - interval '5 minutes' WHERE delivery = 'SENDING'`);
const deliveryOf = async ({ id }: Person) => (await messages(`user_id = '${id}'`))[0]?.delivery;
const deliveries = async () => (await messages()).map(({ delivery }) => delivery);

/** Messages must survive kills of workers, relays, queues and mail servers. All of them are real processes. */
describe.concurrent.each<QueueBackend>(['postgresql', 'redis'])('faults with the queue on %s', (backend) => {
  const scenario = (title: string, run: Scenario) => it(title, () => runInTurn(backend, run), 600_000);

  scenario(
    'JB-03, JB-04: with two relays and 3,000 rows, one relay killed, each person gets one message',
    async (environment) => {
      const [first] = await Promise.all([
        environment.startWorker({ SMTP_URL: '' }),
        environment.startWorker({ SMTP_URL: '' }),
      ]);
      await registerMany(await people(3_000), await aCompetition({ capacity: 3_000 }));
      await eventually(
        () => countUnsettled(),
        (n) => n < 2_500,
      );
      await first.kill();
      await allJobsSettled(60_000);
      expect(await messages()).toHaveLength(3_000);
      expect(await brokenJobInvariants()).toEqual([]);
    },
  );

  scenario(
    'JB-26: a batch whose workers die one after the other runs row by row, and each person gets one message',
    async (environment) => {
      const isWaiting = () =>
        eventually(
          () => rows(`SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'mailbox_messages'::regclass`),
          (waiting) => waiting.length > 0,
          60_000,
        );
      const holder = await testPool().connect();
      try {
        await holder.query('BEGIN');
        await holder.query('LOCK TABLE mailbox_messages IN EXCLUSIVE MODE');
        await registerMany(await people(30), await aCompetition({ capacity: 30 }));
        let worker = await environment.startWorker({ SMTP_URL: '' });
        for (let deaths = 1; deaths <= MAX_WORKER_DEATHS; deaths++) {
          const waiting = await isWaiting();
          const next = await environment.startWorker({ SMTP_URL: '' });
          await worker.kill();
          await rows('SELECT pg_terminate_backend(pid) FROM jsonb_to_recordset($1::jsonb) AS w (pid integer)', [
            JSON.stringify(waiting),
          ]);
          await environment.expireLocks('registration');
          worker = next;
        }
        await isWaiting();
      } finally {
        await holder.query('ROLLBACK');
        holder.release();
      }
      await allJobsSettled(60_000);
      expect(await messages()).toHaveLength(30);
      expect(await rows('SELECT FROM failed_jobs')).toEqual([]);
      expect(await brokenJobInvariants()).toEqual([]);
    },
  );

  scenario(
    'JB-05: a job that is added ten times, and again after it is done, sends one message',
    async (environment) => {
      await environment.startWorker({ SMTP_URL: '' });
      const [registrationId] = await registerMany([await aPerson()], await aCompetition());
      const [{ id } = { id: '' }] = await rows<{ id: string }>('SELECT id FROM outbox');
      const queues = createBackend(environment.env, 5);
      await queues.prepare();
      const addTenTimes = () =>
        queues.queue('registration').addBulk(
          Array.from({ length: 10 }, () => ({
            name: 'confirmation',
            data: { registrationId },
            opts: { jobId: id, removeOnComplete: true },
          })),
        );
      const waitUntilIdle = () =>
        eventually(
          () => queues.queue('registration').getJobCounts('waiting', 'active', 'delayed'),
          (counts) => Object.values(counts).every((n) => n === 0),
        );
      await addTenTimes();
      await allJobsSettled();
      await waitUntilIdle();
      await addTenTimes();
      await waitUntilIdle();
      await queues.close();
      expect(await messages()).toHaveLength(1);
    },
  );

  scenario(
    'JB-06: a worker that is suspended during a job does not send a message again that another worker has sent',
    async (environment) => {
      const suspended = await environment.startWorker();
      const person = await aPerson();
      environment.smtp.fault = { at: 'rcpt', action: 'hang', times: 1 };
      await registerMany([person], await aCompetition());
      await eventually(
        () => environment.smtp.commands.rcpt,
        (n) => n === 1,
      );
      suspended.child.kill('SIGSTOP');
      await environment.startWorker();
      await eventually(deliveries, (found) => found[0] === 'SENT', 60_000);
      suspended.child.kill('SIGCONT');
      // The worker checks whether the message still belongs to it, and disconnects.
      environment.smtp.release();
      await eventually(
        () => environment.smtp.commands.rcpt,
        (n) => n >= 2,
      );
      await allJobsSettled();
      expect(await suspended.end('SIGTERM')).toBe(0);
      expect(environment.messageIds()).toHaveLength(1);
      expect(await deliveries()).toEqual(['SENT']);
    },
  );

  scenario(
    'JB-07, JB-08: a worker killed before DATA leaves the mail to the next worker; killed after it, the delivery is unknown',
    async (environment) => {
      const killed = await environment.startWorker();
      const [before, after] = (await people(2)) as [Person, Person];
      environment.smtp.fault = [
        { at: 'rcpt', action: 'hang', times: 1, to: before.email },
        { at: 'dot', action: 'accept-and-hang', times: 1, to: after.email },
      ];
      await registerMany([before, after], await aCompetition());
      await eventually(
        () => environment.smtp.commands.rcpt,
        (n) => n === 2,
      );
      await eventually(
        () => environment.smtp.received.length,
        (n) => n === 1,
      );
      await killed.kill();
      await environment.startWorker();
      // The new worker gets both jobs, but must not send the second mail again.
      await eventually(environment.metrics, (text) => TWO_SENT.test(text), 60_000);
      expect(await deliveryOf(before)).toBe('SENT');
      expect(await deliveryOf(after)).toBe('SENDING');
      await ageDeliveries();
      await enqueue('lost-senders', { slot: new Date().toISOString() });
      await allJobsSettled();
      expect(await deliveryOf(after)).toBe('UNKNOWN');
      expect(environment.smtp.received.map(({ to }) => to)).toEqual([after.email, before.email]);
      expect(await brokenJobInvariants()).toEqual([]);
    },
  );

  scenario(
    'FT-07: a worker with ten messages in flight stops in time on SIGTERM and requeues them',
    async (environment) => {
      const worker = await environment.startWorker({ WORKER_CONCURRENCY: '10' });
      environment.smtp.fault = { at: 'rcpt', action: 'hang' };
      await registerMany(await people(10), await aCompetition());
      await eventually(
        () => environment.smtp.commands.rcpt,
        (n) => n === 10,
      );
      const start = Date.now();
      expect(await worker.end('SIGTERM')).toBe(0);
      expect(Date.now() - start).toBeLessThan(10_000);
      environment.smtp.fault = null;
      await environment.startWorker();
      await allJobsSettled(60_000);
      expect(new Set(environment.messageIds()).size).toBe(10);
      expect(environment.messageIds()).toHaveLength(10);
      expect(await brokenJobInvariants()).toEqual([]);
    },
  );

  scenario(
    '500 registrations while worker, queue and mail server are killed: each person has one message, and no mail is sent twice',
    async (environment) => {
      let worker = await environment.startWorker({ WORKER_CONCURRENCY: '2' });
      const competition = await aCompetition({ capacity: 500 });
      const persons = await people(500);
      for (let i = 0; i < 500; i += 100) {
        await registerMany(persons.slice(i, i + 100), competition);
        await eventually(
          () => environment.smtp.received.length,
          (n) => n > i / 2,
          60_000,
        );
        if (i === 100) {
          await worker.kill();
          worker = await environment.startWorker({ WORKER_CONCURRENCY: '2' });
        }
        if (i === 200) {
          await environment.redis?.kill();
          await environment.redis?.start();
        }
        if (i === 300) {
          await environment.smtp.stop();
          await environment.smtp.start();
        }
      }
      await eventually(
        async () => {
          await ageDeliveries();
          return countUnsettled();
        },
        (n) => n === 0,
        120_000,
      );
      const sent = await messages();
      expect(sent).toHaveLength(500);
      const unknown = sent.filter(({ delivery }) => delivery === 'UNKNOWN').length;
      expect(sent.every(({ delivery }) => delivery === 'SENT' || delivery === 'UNKNOWN')).toBe(true);
      expect(unknown).toBeLessThan(20);
      expect(new Set(environment.messageIds()).size).toBe(environment.messageIds().length);
      expect(environment.messageIds().length).toBeGreaterThanOrEqual(500 - unknown);
      expect(await brokenJobInvariants()).toEqual([]);
    },
  );

  scenario(
    'a job that kills worker after worker moves to the dead letters with a reason, and is done when an admin replays it',
    async (environment) => {
      const person = await aPerson();
      environment.smtp.fault = { at: 'rcpt', action: 'hang' };
      await registerMany([person], await aCompetition());
      let worker = await environment.startWorker();
      for (let deaths = 1; deaths <= MAX_WORKER_DEATHS; deaths++) {
        await eventually(
          () => environment.smtp.commands.rcpt,
          (n) => n === deaths,
          60_000,
        );
        const next = await environment.startWorker();
        await worker.kill();
        await environment.expireLocks('mail');
        worker = next;
      }
      const dead = await eventually(
        () => rows<{ id: string }>('SELECT id, job, error, attempts, permanent FROM failed_jobs'),
        (found) => found.length > 0,
        60_000,
      );
      expect(dead).toMatchObject([
        {
          job: 'send',
          error: `${MAX_WORKER_DEATHS} workers died while they ran this job, one after the other.`,
          attempts: MAX_WORKER_DEATHS,
          permanent: false,
        },
      ]);
      expect(await deliveryOf(person)).toBe('FAILED');
      expect(environment.smtp.commands.rcpt).toBe(MAX_WORKER_DEATHS);

      environment.smtp.fault = null;
      const api = await startApi(environment.env);
      const { token } = await anAdmin();
      const replayed = await post(api.url, `/api/admin/jobs/failed/${dead[0]?.id}/replay`, { token });
      expect(replayed.status).toBe(200);
      await allJobsSettled();
      await api.close();
      expect(await deliveryOf(person)).toBe('SENT');
      expect(environment.smtp.received.map(({ to }) => to)).toEqual([person.email]);
      expect(await brokenJobInvariants()).toEqual([]);
    },
  );
});
