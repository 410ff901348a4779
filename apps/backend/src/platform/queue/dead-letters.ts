import type { FactoryProvider } from '@nestjs/common';
import type pg from 'pg';
import type { JobName } from '../../registry/jobs.js';
import { Prisma } from '../database/generated/client.js';
import { POOL } from '../database/pool.js';
import type { Tx } from '../database/prisma.service.js';
import { isUnsettledJob } from './outbox.js';

/**
 * What a feature changes in its own tables when one of its jobs moves to the dead letters or is replayed: UPDATE
 * statements that read the jobs from `dead_letters (payload)`. They run in the statement that moves the job.
 */
export interface DeadLetterEffects {
  readonly job: JobName;
  readonly onDead: string;
  readonly onReplay: string;
}

interface Failure {
  readonly outboxId: string;
  readonly error: string;
  readonly attempts: number;
  readonly permanent: boolean;
}

/**
 * Dead letters: jobs that failed for good, until an admin replays or discards them. Every change is one statement, so that a job is
 * pending, done or dead at any moment, never two of these and never none, even if the process dies.
 */
export class DeadLetters {
  private readonly addText: string;
  private readonly onReplay: Prisma.Sql;

  constructor(
    private readonly pool: pg.Pool,
    effects: readonly DeadLetterEffects[],
  ) {
    this.addText = addText(effectsSql(effects, 'onDead', 'dead'));
    this.onReplay = Prisma.raw(effectsSql(effects, 'onReplay', 'replayed'));
  }

  static provider(effects: readonly DeadLetterEffects[]): FactoryProvider<DeadLetters> {
    return { provide: DeadLetters, inject: [POOL], useFactory: (pool: pg.Pool) => new DeadLetters(pool, effects) };
  }

  /** Settles the outbox row and writes the failure. A job that is settled already stays as it is. */
  async add({ outboxId, error, attempts, permanent }: Failure): Promise<void> {
    await this.pool.query({
      name: 'add_dead_letter',
      text: this.addText,
      values: [outboxId, error.slice(0, 2_000), attempts, permanent],
    });
  }

  /**
   * Puts failed jobs back into the outbox; returns the ids of those that were still open. Of two concurrent calls the
   * second waits for the first and then finds its jobs settled.
   */
  async replay(tx: Tx, failedJobIds: readonly string[], actorId: string): Promise<string[]> {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      WITH replayed AS (
        UPDATE failed_jobs SET settled_at = now(), settled_as = 'REPLAYED'
        WHERE id = ANY (${failedJobIds}::uuid[]) AND settled_at IS NULL
        RETURNING id, outbox_id, queue, job, payload
      ), enqueued AS (
        -- Inserts the row again if the clean-up has deleted it.
        INSERT INTO outbox (id, queue, job, payload)
        SELECT outbox_id, queue, job, payload FROM replayed
        ON CONFLICT (id) DO UPDATE SET settled_at = NULL, handed_at = NULL, due_at = now(), created_at = now()
      ), audited AS (
        INSERT INTO audit_entries (actor_id, action, subject_id, details)
        SELECT ${actorId}::uuid, 'job.replayed', id, jsonb_build_object('job', job, 'payload', payload) FROM replayed
      ), woken AS (
        SELECT pg_notify('outbox', '') FROM replayed LIMIT 1
      )${this.onReplay}
      SELECT id FROM replayed, woken`;
    return rows.map(({ id }) => id);
  }

  /** Settles failed jobs without running them; returns the ids of those that were still open. */
  async discard(tx: Tx, failedJobIds: readonly string[], actorId: string): Promise<string[]> {
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
}

/** One CTE per effect, on its jobs among those of the CTE `jobs`. */
const effectsSql = (effects: readonly DeadLetterEffects[], event: 'onDead' | 'onReplay', jobs: string): string =>
  effects
    .map(
      (effect, i) => `, effect_${i} AS (
    WITH dead_letters AS (SELECT payload FROM ${jobs} WHERE job = '${effect.job}')
    ${effect[event]}
  )`,
    )
    .join('');

const addText = (effects: string) => `
  WITH dead AS (
    UPDATE outbox SET settled_at = now() WHERE id = $1 AND ${isUnsettledJob()}
    RETURNING id, queue, job, payload
  )${effects}
  INSERT INTO failed_jobs (outbox_id, queue, job, payload, error, attempts, permanent)
  SELECT id, queue, job, payload, $2, $3, $4 FROM dead
  ON CONFLICT (outbox_id) DO UPDATE
    SET error = excluded.error, attempts = failed_jobs.attempts + excluded.attempts,
        permanent = excluded.permanent, failed_at = now(), settled_at = NULL, settled_as = NULL`;
