import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aCompetition, aPerson, people, registerMany } from '../../../test/support/factories.js';
import { allJobsSettled, countUnsettled, enqueue } from '../../../test/support/jobs.js';
import { messages, rows } from '../../../test/support/queries.js';
import { startSmtp } from '../../../test/support/smtp.js';
import { startWorker } from '../../../test/support/worker.js';
import { LoadThrottle } from './load-throttle.js';

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

/** Reports high load until the work is done, as servers of the previous version do and later ones while admission is slow. */
async function underLoad(worker: TestWorker, work: () => Promise<void>): Promise<void> {
  const report = () => rows(`SELECT pg_notify('outbox', 'rush')`);
  const timer = setInterval(() => void report(), 200);
  try {
    await vi.waitFor(() => expect(throttleOf(worker).isActive).toBe(true), SOON);
    await work();
  } finally {
    clearInterval(timer);
  }
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
