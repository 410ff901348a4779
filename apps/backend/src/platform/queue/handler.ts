import type pg from 'pg';
import { JOB_NAMES, type JobName, type Payload } from '../../registry/jobs.js';
import type { Schedule } from '../../registry/schedules.js';
import { inTransaction, type Queryable } from '../database/transaction.js';
import { messageOf } from './errors.js';
import { isUnsettledJob, type JobOutcome, lockUnsettled, settle } from './outbox.js';
import { type RunOutcome, storedFailure, storedOutcome } from './run-outcome.js';

/** One execution of a job. Two may run at the same time (at-least-once delivery); only one of them settles the row. */
export interface Run<Name extends JobName = JobName> {
  readonly outboxId: string;
  readonly payload: Payload<Name>;
  /** How many times the job was started, including starts that ended with a requeue. */
  readonly starts: number;
  /** Aborted shortly before the worker stops: the handler requeues what it can. */
  readonly stopping: AbortSignal;
}

/** By outbox id. */
export type JobOutcomes = ReadonlyMap<string, JobOutcome>;

/**
 * `single` gets one job. `batched` gets the jobs that are active in this process at the same time, and returns the
 * outcomes of those that it has settled; the others are handed to it again one by one. Both settle what they have done.
 */
export type Handler =
  | { readonly job: JobName; readonly single: (run: Run) => Promise<JobOutcome> }
  | { readonly job: JobName; readonly batched: (runs: readonly Run[]) => Promise<JobOutcomes> };

/** A feature's jobs. */
export interface JobHandlers {
  readonly handlers: readonly Handler[];
}

/** Without a returned outcome the job is done. */
export function single<Name extends JobName>(
  job: Name,
  handle: (run: Run<Name>) => Promise<void> | Promise<JobOutcome>,
): Handler {
  return { job, single: async (run) => (await handle(run as Run<Name>)) ?? 'done' };
}

export function batched<Name extends JobName>(
  job: Name,
  handle: (runs: readonly Run<Name>[]) => Promise<JobOutcomes>,
): Handler {
  return { job, batched: handle as (runs: readonly Run[]) => Promise<JobOutcomes> };
}

/** The effect and its settling commit together, so a second run of the job does nothing. */
export function transactional<Name extends JobName>(
  pool: pg.Pool,
  job: Name,
  handle: (tx: Queryable, payload: Payload<Name>, outboxId: string) => Promise<JobOutcome>,
): Handler {
  return single(job, ({ outboxId, payload }) =>
    inTransaction(pool, async (tx) => {
      if (!(await lockUnsettled(tx, outboxId))) return 'done';
      return settle(tx, outboxId, await handle(tx, payload, outboxId));
    }),
  );
}

/** A job that the scheduler enqueues. The row of its run gets the outcome; a second run does what is left to do. */
export function scheduled(pool: pg.Pool, job: Schedule['job'], work: () => Promise<RunOutcome>): Handler {
  const finish = (slot: string, outcome: string) =>
    pool.query('UPDATE scheduled_runs SET finished_at = now(), outcome = $3 WHERE name = $1 AND slot = $2', [
      job,
      slot,
      outcome,
    ]);
  return single(job, async ({ outboxId, payload: { slot } }) => {
    try {
      await finish(slot, storedOutcome(await work()));
    } catch (error) {
      await finish(slot, storedFailure(messageOf(error))).catch(() => {});
      throw error;
    }
    await pool.query(`UPDATE outbox SET settled_at = now() WHERE id = $1 AND ${isUnsettledJob()}`, [outboxId]);
  });
}

/** Throws at start when a job has no handler (it would never run) or two (either might run). */
export function handlersByJob(features: readonly JobHandlers[]): ReadonlyMap<JobName, Handler> {
  const byJob = new Map<JobName, Handler>();
  for (const { handlers } of features)
    for (const handler of handlers) {
      if (byJob.has(handler.job)) throw new Error(`The job "${handler.job}" has two handlers.`);
      byJob.set(handler.job, handler);
    }
  const missing = JOB_NAMES.filter((job) => !byJob.has(job));
  if (missing.length > 0) throw new Error(`No handler for the job ${missing.map((job) => `"${job}"`).join(', ')}.`);
  return byJob;
}
