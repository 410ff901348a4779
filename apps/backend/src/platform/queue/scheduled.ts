import type pg from 'pg';
import type { Schedule } from '../../registry/schedules.js';
import { messageOf } from './errors.js';
import { type Handler, single } from './handler.js';

/** A job that the timetable enqueues. Its run's row says how it ended; run twice it does what is left to do. */
export function scheduled(pool: pg.Pool, job: Schedule['job'], work: () => Promise<string>): Handler {
  const note = (slot: string, outcome: string) =>
    pool.query('UPDATE scheduled_runs SET finished_at = now(), outcome = $3 WHERE name = $1 AND slot = $2', [
      job,
      slot,
      outcome.slice(0, 500),
    ]);
  return single(job, async ({ outboxId, payload: { slot } }) => {
    try {
      await note(slot, await work());
    } catch (error) {
      await note(slot, `failed: ${messageOf(error)}`).catch(() => {});
      throw error;
    }
    await pool.query('UPDATE outbox SET settled_at = now() WHERE id = $1 AND settled_at IS NULL', [outboxId]);
  });
}
