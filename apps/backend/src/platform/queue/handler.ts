import { JOB_NAMES, type JobName, type Payload } from '../../registry/jobs.js';
import type { PrismaService, Tx } from '../database/prisma.service.js';
import { lockUnsettled, settle } from './outbox.js';

/** One job under way. It may be under way twice: only who settles its row has done it. */
export interface Run<Name extends JobName = JobName> {
  readonly outboxId: string;
  readonly payload: Payload<Name>;
  /** How often it was begun, given back or not. */
  readonly starts: number;
  /** Aborted when this worker is about to stop: give back what can be given back. */
  readonly stopping: AbortSignal;
}

/**
 * `alone` gets one job. `together` gets the jobs that are active at the same moment in this process, and answers
 * with the outbox ids that are done; the others are handed to it again one by one. Both settle what they have done.
 */
export type Handler =
  | { readonly job: JobName; readonly alone: (run: Run) => Promise<void> }
  | { readonly job: JobName; readonly together: (runs: readonly Run[]) => Promise<readonly string[]> };

/** A feature's jobs. */
export interface JobHandlers {
  readonly handlers: readonly Handler[];
}

export function single<Name extends JobName>(job: Name, handle: (run: Run<Name>) => Promise<void>): Handler {
  return { job, alone: handle as (run: Run) => Promise<void> };
}

export function batched<Name extends JobName>(
  job: Name,
  handle: (runs: readonly Run<Name>[]) => Promise<readonly string[]>,
): Handler {
  return { job, together: handle as (runs: readonly Run[]) => Promise<readonly string[]> };
}

/** Nobody waits for a job: it may wait for a connection longer than a request, and work longer. */
export const JOB_TRANSACTION = { maxWait: 10_000, timeout: 30_000 } as const;

/** The effect and its settling commit together, so a job that runs again finds nothing left to do. */
export function transactional<Name extends JobName>(
  prisma: PrismaService,
  job: Name,
  handle: (tx: Tx, payload: Payload<Name>) => Promise<void>,
): Handler {
  return single(job, (run) =>
    prisma.$transaction(async (tx) => {
      if (!(await lockUnsettled(tx, run.outboxId))) return;
      await handle(tx, run.payload);
      await settle(tx, [run.outboxId]);
    }, JOB_TRANSACTION),
  );
}

/** A job without a handler would wait for ever, one with two would be done by chance: neither may start. */
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
