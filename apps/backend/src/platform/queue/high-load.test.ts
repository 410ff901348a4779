import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aCompetition, aPerson, people, registerMany } from '../../../test/support/factories.js';
import { allJobsSettled, countUnsettled, enqueue } from '../../../test/support/jobs.js';
import { messages, rows } from '../../../test/support/queries.js';
import { startSmtp } from '../../../test/support/smtp.js';
import { startWorker } from '../../../test/support/worker.js';
import { LoadThrottle, RATE } from './load-throttle.js';
import type { LoadReport } from './outbox.js';

const BACKLOG = 600;
const LARGE_BACKLOG = 2_000;
const SOON = { timeout: 25_000 };

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

type TestWorker = Awaited<ReturnType<typeof startWorker>>;
const throttleOf = (worker: TestWorker) => worker.app.get(LoadThrottle, { strict: false });

/** Servers of the previous version report 'rush' under any high load. */
const PAYLOADS: Record<LoadReport, string> = { normal: 'load', slow: 'rush' };

/** Reports high load until the work is done, as API processes do. The work can say whether admission is slow. */
async function underLoad(
  worker: TestWorker,
  work: (report: (load: LoadReport) => void) => Promise<void>,
  load: LoadReport = 'slow',
): Promise<void> {
  let payload = PAYLOADS[load];
  const timer = setInterval(() => void rows(`SELECT pg_notify('outbox', '${payload}')`), 200);
  try {
    await vi.waitFor(() => expect(throttleOf(worker).isActive).toBe(true), SOON);
    await work((next) => {
      payload = PAYLOADS[next];
    });
  } finally {
    clearInterval(timer);
  }
}

/** How many messages are sent in about two intervals of the throttle, and at most one more of constant `rate`. */
async function sentInTwoIntervals(): Promise<{ sent: number; atMost: (rate: number) => number }> {
  const startedAt = performance.now();
  const before = await countUnsettled('confirmation');
  await pause(2_000);
  const after = await countUnsettled('confirmation');
  const intervals = (performance.now() - startedAt) / 1_000 + 1;
  expect(after).toBeGreaterThan(0);
  return { sent: before - after, atMost: (rate) => rate * intervals };
}

const registerBacklog = async (n = BACKLOG) => registerMany(await people(n), await aCompetition({ capacity: n }));

describe('a worker', () => {
  it('R16 is never slowed on an idle database', async () => {
    const worker = await startWorker({ databaseUrl: database.url });
    const waits = vi.spyOn(throttleOf(worker), 'nextInterval');
    await registerBacklog();
    await allJobsSettled();
    expect(waits).not.toHaveBeenCalled();
    expect(throttleOf(worker).dispatchable).toBe(Number.POSITIVE_INFINITY);
    await worker.close();
  });

  it('R16 sends few messages while admission is slow, and loses none', async () => {
    const worker = await startWorker({ databaseUrl: database.url });
    await underLoad(worker, async () => {
      await registerBacklog();
      // At most 100, 50, 25 and then 20 a second, about 300; a worker that is not throttled sends more even on a slow machine.
      await pause(8_000);
      expect(await countUnsettled('confirmation')).toBeGreaterThan(220);
    });
    await allJobsSettled();
    expect(await messages(`kind = 'CONFIRMED'`)).toHaveLength(BACKLOG);
    await worker.close();
  });

  it('R16 sends more and more messages while the database has room, and few as soon as admission is slow', async () => {
    const worker = await startWorker({ databaseUrl: database.url });
    await underLoad(
      worker,
      async (report) => {
        await registerBacklog(LARGE_BACKLOG);
        await vi.waitFor(async () => {
          const { sent, atMost } = await sentInTwoIntervals();
          expect(sent).toBeGreaterThan(atMost(RATE.initial));
        }, SOON);
        report('slow');
        await vi.waitFor(async () => {
          const { sent, atMost } = await sentInTwoIntervals();
          expect(sent).toBeLessThanOrEqual(atMost(RATE.min));
        }, SOON);
      },
      'normal',
    );
    await worker.close();
  });

  it('R16 slows down a backlog that it took before the load began', async () => {
    await registerBacklog(LARGE_BACKLOG);
    // No batch ends before there is load.
    const holder = await database.pool.connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE mailbox_messages IN ACCESS EXCLUSIVE MODE');
    const worker = await startWorker({ databaseUrl: database.url });
    const notTaken = `SELECT FROM outbox WHERE job = 'confirmation' AND handed_at IS NULL`;
    await vi.waitFor(async () => expect(await rows(notTaken)).toHaveLength(0), SOON);
    await underLoad(worker, async () => {
      await holder.query('COMMIT');
      holder.release();
      // The five batches of 100 that it had begun, and then at most one a second.
      await pause(5_000);
      expect(await countUnsettled('confirmation')).toBeGreaterThan(700);
    });
    await allJobsSettled();
    await worker.close();
  });

  it('R16 sends security mail at once in the middle of a backlog under continuous load', async () => {
    const smtp = await startSmtp();
    const worker = await startWorker({ databaseUrl: database.url, smtpUrl: smtp.url });
    const forgetful = await people(50);
    const visited = await aPerson();
    await underLoad(worker, async () => {
      await registerBacklog(1_000);
      const resets = await rows<{ id: string }>(
        `INSERT INTO password_resets (user_id, expires_at)
         SELECT id, now() + interval '1 day' FROM unnest($1::uuid[]) id RETURNING id`,
        [forgetful.map(({ id }) => id)],
      );
      await Promise.all(resets.map(({ id }) => enqueue('reset-link', { passwordResetId: id })));
      await enqueue('new-sign-in', { sessionId: visited.sessionId });
      const recipients = [...forgetful, visited].map(({ email }) => email);
      await vi.waitFor(() => {
        expect(smtp.received.map(({ to }) => to)).toEqual(expect.arrayContaining(recipients));
      }, SOON);
      expect(await countUnsettled('confirmation')).toBeGreaterThan(100);
    });
    await worker.close();
    await smtp.close();
  });
});
