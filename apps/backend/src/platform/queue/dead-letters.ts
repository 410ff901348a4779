import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../database/pool.js';
import type { Tx } from '../database/prisma.service.js';

export interface Failure {
  readonly outboxId: string;
  readonly error: string;
  readonly attempts: number;
  readonly permanent: boolean;
}

/** Jobs that have failed for good, until somebody replays or discards them. */
@Injectable()
export class DeadLetters {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /**
   * The job's row is settled and the failure written in one statement: a job is pending, done or dead, never two of
   * them and never none. A mail that is dead says so in the mailbox. One that is settled already stays as it is.
   */
  async add({ outboxId, error, attempts, permanent }: Failure): Promise<void> {
    await this.pool.query({
      name: 'bury_job',
      text: `
        WITH dead AS (
          UPDATE outbox SET settled_at = now() WHERE id = $1 AND settled_at IS NULL
          RETURNING id, queue, job, payload
        ), undelivered AS (
          UPDATE mailbox_messages m SET delivery = 'FAILED'
          FROM dead
          WHERE dead.job = 'send' AND m.id = (dead.payload->>'messageId')::uuid AND m.delivery = 'QUEUED'
        )
        INSERT INTO failed_jobs (outbox_id, queue, job, payload, error, attempts, permanent)
        SELECT id, queue, job, payload, $2, $3, $4 FROM dead
        ON CONFLICT (outbox_id) DO UPDATE
          SET error = excluded.error, attempts = failed_jobs.attempts + excluded.attempts,
              permanent = excluded.permanent, failed_at = now(), settled_at = NULL, settled_as = NULL`,
      values: [outboxId, error.slice(0, 2_000), attempts, permanent],
    });
  }
}

/**
 * Puts failed jobs back into the outbox; of two who ask at once the second finds them settled. Answers which were
 * still open.
 */
export async function replay(tx: Tx, failedJobIds: readonly string[], actorId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH replayed AS (
      UPDATE failed_jobs SET settled_at = now(), settled_as = 'REPLAYED'
      WHERE id = ANY (${failedJobIds}::uuid[]) AND settled_at IS NULL
      RETURNING id, outbox_id, queue, job, payload
    ), enqueued AS (
      -- Written anew where the clean-up has deleted it.
      INSERT INTO outbox (id, queue, job, payload)
      SELECT outbox_id, queue, job, payload FROM replayed
      ON CONFLICT (id) DO UPDATE SET settled_at = NULL, handed_at = NULL, due_at = now(), created_at = now()
    ), queued AS (
      UPDATE mailbox_messages m SET delivery = 'QUEUED'
      FROM replayed r
      WHERE r.job = 'send' AND m.id = (r.payload->>'messageId')::uuid AND m.delivery = 'FAILED'
    ), audited AS (
      INSERT INTO audit_entries (actor_id, action, subject_id, details)
      SELECT ${actorId}::uuid, 'job.replayed', id, jsonb_build_object('job', job, 'payload', payload) FROM replayed
    ), woken AS (
      SELECT pg_notify('outbox', '') FROM replayed LIMIT 1
    )
    SELECT id FROM replayed, woken`;
  return rows.map(({ id }) => id);
}

/** Nobody will do these; the row stays and says so. */
export async function discard(tx: Tx, failedJobIds: readonly string[], actorId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH discarded AS (
      UPDATE failed_jobs SET settled_at = now(), settled_as = 'DISCARDED'
      WHERE id = ANY (${failedJobIds}::uuid[]) AND settled_at IS NULL
      RETURNING id, job, payload
    ), audited AS (
      INSERT INTO audit_entries (actor_id, action, subject_id, details)
      SELECT ${actorId}::uuid, 'job.discarded', id, jsonb_build_object('job', job, 'payload', payload) FROM discarded
    )
    SELECT id FROM discarded`;
  return rows.map(({ id }) => id);
}
