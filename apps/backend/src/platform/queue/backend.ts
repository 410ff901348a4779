import type { Job, Queue, Worker } from 'bullmq';
import type { QueueName } from '../../registry/jobs.js';

/** The part of BullMQ's classes that is used here: their full types differ between Redis and PostgreSQL. */
export interface JobQueue {
  addBulk(jobs: { name: string; data: unknown; opts: object }[]): Promise<unknown>;
  getJobCounts(...states: ('waiting' | 'active' | 'delayed' | 'failed')[]): Promise<Record<string, number>>;
}
export type JobWorker = Pick<Worker, 'pause' | 'resume' | 'close'> & {
  waitUntilReady(): Promise<unknown>;
  run(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: Job | undefined, error: Error) => void): unknown;
};
export type Process = (job: Job, token?: string) => Promise<void>;

export interface WorkOptions {
  readonly concurrency: number;
}

interface BaseBackend {
  /** Does not wait: throws when the backend is unavailable, `UnsupportedQueue` when its configuration may lose jobs. */
  prepare(): Promise<void>;
  /** For producers and counts; fails fast when the backend is unavailable. */
  queue(name: QueueName): JobQueue;
  /** For consumers; waits while the backend is unavailable. */
  worker(name: QueueName, process: Process, options: WorkOptions): JobWorker;
  /** Whether the backend has lost jobs since the last call. */
  hasLostJobs(): Promise<boolean>;
  close(): Promise<void>;
}

export interface PostgresQueueBackend extends BaseBackend {
  readonly kind: 'postgresql';
}

export interface RedisQueueBackend extends BaseBackend {
  readonly kind: 'redis';
  /** Only after `prepare()`: a queue created while Redis is unavailable never recovers from it. */
  bullBoardQueues(): Queue[];
}

/** Where BullMQ keeps its jobs. */
export type QueueBackend = PostgresQueueBackend | RedisQueueBackend;

/** This process's `QueueBackend`. */
export const BACKEND = Symbol('BACKEND');

/** Retries of every job: three attempts, the second after about 2 s, the third after about 4 s more. */
export const JOB_OPTIONS = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 2_000, jitter: 0.5 },
  // BullMQ ignores a job whose id it has: a finished job that it kept would block dispatching the same row again. Jobs
  // that failed for good are in failed_jobs.
  removeOnComplete: true,
  removeOnFail: true,
} as const;

/** The lock of a job ends 10 s after its worker died; the check for such stalled jobs runs every 3 s. */
export const WORKER_OPTIONS = {
  autorun: false,
  lockDuration: 10_000,
  stalledInterval: 3_000,
  // Jobs that run beside one that kills its worker stall as often without being the reason, so a few deaths are allowed.
  maxStalledCount: 3,
  runRetryDelay: 1_000,
  drainDelay: 5,
} as const;

/** A job whose worker died this often moves to the dead letters. */
export const MAX_WORKER_DEATHS = WORKER_OPTIONS.maxStalledCount + 1;
