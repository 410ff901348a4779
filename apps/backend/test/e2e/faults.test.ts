import { describe, expect, it } from 'vitest';
import { MAX_WORKER_DEATHS } from '../../src/platform/queue/backend.js';
import { createBackend } from '../../src/platform/queue/create-backend.js';
import { startApi } from '../app.js';
import { post } from '../client.js';
import { aCompetition, anAdmin, aPerson, type Person, people } from '../factories.js';
import { enqueue } from '../handlers.js';
import { allSettled, broken, enter, eventually, messages, rows, unsettled } from '../jobs.js';
import { inTurn, type Kind, type Story } from '../world.js';

const BOTH_DONE = /mini_compete_job_attempts_total\{job="send",outcome="done"\} [2-9]/;

/** Beyond the time for which a worker that died is believed to be at it. */
const letTimePass = () =>
  rows(`UPDATE mailbox_messages SET sending_at = sending_at - interval '5 minutes' WHERE delivery = 'SENDING'`);
const deliveryOf = async ({ id }: Person) => (await messages(`user_id = '${id}'`))[0]?.delivery;
const deliveries = async () => (await messages()).map(({ delivery }) => delivery);

/** What happens to messages when workers, relays, queues and mail servers die: real processes, really killed. */
describe.concurrent.each<Kind>(['postgresql', 'redis'])('faults with the queue on %s', (kind) => {
  const story = (sentence: string, run: Story) => it(sentence, () => inTurn(kind, run), 600_000);

  story('JB-03, JB-04: two relays and 3,000 rows, one of them killed: each person is told once', async (world) => {
    const [first] = await Promise.all([world.work({ SMTP_URL: '' }), world.work({ SMTP_URL: '' })]);
    await enter(await people(3_000), await aCompetition({ capacity: 3_000 }));
    await eventually(
      () => unsettled(),
      (n) => n < 2_500,
    );
    await first.kill();
    await allSettled(60_000);
    expect(await messages()).toHaveLength(3_000);
    expect(await broken()).toEqual([]);
  });

  story('JB-05: one job added ten times, and again when it was done, is one message', async (world) => {
    await world.work({ SMTP_URL: '' });
    const [registrationId] = await enter([await aPerson()], await aCompetition());
    const [{ id } = { id: '' }] = await rows<{ id: string }>('SELECT id FROM outbox');
    const backend = createBackend(world.env);
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

  story(
    'JB-06: a worker that was stopped in mid-job and comes back sends nothing that another has sent',
    async (world) => {
      const stopped = await world.work();
      const person = await aPerson();
      world.smtp.trouble = { at: 'rcpt', does: 'hang', times: 1 };
      await enter([person], await aCompetition());
      await eventually(
        () => world.smtp.asked.rcpt,
        (n) => n === 1,
      );
      stopped.child.kill('SIGSTOP');
      await world.work();
      await eventually(deliveries, (found) => found[0] === 'SENT', 60_000);
      stopped.child.kill('SIGCONT');
      // Its server says "go on" at last: it asks whether the message is still its own, and hangs up.
      world.smtp.release();
      await eventually(
        () => world.smtp.asked.rcpt,
        (n) => n >= 2,
      );
      await allSettled();
      expect(await stopped.end('SIGTERM')).toBe(0);
      expect(world.ids()).toHaveLength(1);
      expect(await deliveries()).toEqual(['SENT']);
    },
  );

  story(
    'JB-07, JB-08: killed before the body a mail is sent by the next, killed after it by nobody: it is unknown',
    async (world) => {
      const killed = await world.work();
      const [before, after] = (await people(2)) as [Person, Person];
      world.smtp.trouble = [
        { at: 'rcpt', does: 'hang', times: 1, to: before.email },
        { at: 'dot', does: 'take-and-hang', times: 1, to: after.email },
      ];
      await enter([before, after], await aCompetition());
      await eventually(
        () => world.smtp.asked.rcpt,
        (n) => n === 2,
      );
      await eventually(
        () => world.smtp.received.length,
        (n) => n === 1,
      );
      await killed.kill();
      await world.work();
      // Both jobs come back to a worker that lives; one of them is not its to send.
      await eventually(world.metrics, (text) => BOTH_DONE.test(text), 60_000);
      expect(await deliveryOf(before)).toBe('SENT');
      expect(await deliveryOf(after)).toBe('SENDING');
      await letTimePass();
      await enqueue('lost-senders', { slot: new Date().toISOString() });
      await allSettled();
      expect(await deliveryOf(after)).toBe('UNKNOWN');
      expect(world.smtp.received.map(({ to }) => to)).toEqual([after.email, before.email]);
      expect(await broken()).toEqual([]);
    },
  );

  story('FT-07: told to end with ten messages in flight, a worker ends in time and hands them back', async (world) => {
    const worker = await world.work({ WORKER_CONCURRENCY: '10' });
    world.smtp.trouble = { at: 'rcpt', does: 'hang' };
    await enter(await people(10), await aCompetition());
    await eventually(
      () => world.smtp.asked.rcpt,
      (n) => n === 10,
    );
    const began = Date.now();
    expect(await worker.end('SIGTERM')).toBe(0);
    expect(Date.now() - began).toBeLessThan(10_000);
    world.smtp.trouble = null;
    await world.work();
    await allSettled(60_000);
    expect(new Set(world.ids()).size).toBe(10);
    expect(world.ids()).toHaveLength(10);
    expect(await broken()).toEqual([]);
  });

  story(
    '500 registrations, with worker, queue and mail server killed in the middle: all told, none twice',
    async (world) => {
      let worker = await world.work({ WORKER_CONCURRENCY: '2' });
      const competition = await aCompetition({ capacity: 500 });
      const persons = await people(500);
      for (let i = 0; i < 500; i += 100) {
        await enter(persons.slice(i, i + 100), competition);
        await eventually(
          () => world.smtp.received.length,
          (n) => n > i / 2,
          60_000,
        );
        if (i === 100) {
          await worker.kill();
          worker = await world.work({ WORKER_CONCURRENCY: '2' });
        }
        if (i === 200) {
          await world.redis?.kill();
          await world.redis?.start();
        }
        if (i === 300) {
          await world.smtp.stop();
          await world.smtp.start();
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
      expect(new Set(world.ids()).size).toBe(world.ids().length);
      expect(world.ids().length).toBeGreaterThanOrEqual(500 - unknown);
      expect(await broken()).toEqual([]);
    },
  );

  story(
    'worker after worker dies at one job: it is given up and says why, and is done when an admin replays it',
    async (world) => {
      const person = await aPerson();
      world.smtp.trouble = { at: 'rcpt', does: 'hang' };
      await enter([person], await aCompetition());
      let worker = await world.work();
      for (let deaths = 1; deaths <= MAX_WORKER_DEATHS; deaths++) {
        await eventually(
          () => world.smtp.asked.rcpt,
          (n) => n === deaths,
          60_000,
        );
        const next = await world.work();
        await worker.kill();
        await world.endLocks('mail');
        worker = next;
      }
      const buried = await eventually(
        () => rows<{ id: string }>('SELECT id, job, error, attempts, permanent FROM failed_jobs'),
        (found) => found.length > 0,
        60_000,
      );
      expect(buried).toMatchObject([
        {
          job: 'send',
          error: `${MAX_WORKER_DEATHS} workers died while they were at it, one after the other.`,
          attempts: MAX_WORKER_DEATHS,
          permanent: false,
        },
      ]);
      expect(await deliveryOf(person)).toBe('FAILED');
      expect(world.smtp.asked.rcpt).toBe(MAX_WORKER_DEATHS);

      world.smtp.trouble = null;
      const api = await startApi(world.env);
      const { token } = await anAdmin();
      const replayed = await post(api.url, `/api/admin/jobs/failed/${buried[0]?.id}/replay`, { token });
      expect(replayed.status).toBe(200);
      await allSettled();
      await api.close();
      expect(await deliveryOf(person)).toBe('SENT');
      expect(world.smtp.received.map(({ to }) => to)).toEqual([person.email]);
      expect(await broken()).toEqual([]);
    },
  );
});
