import type { Job, Worker } from 'bullmq';
import type { QueueName } from '../../registry/jobs.js';

/** What is used of BullMQ's classes: their full types differ between the two backends. */
export interface JobQueue {
  addBulk(jobs: { name: string; data: unknown; opts: object }[]): Promise<unknown>;
  getJobCounts(...states: JobState[]): Promise<Record<string, number>>;
}
type JobState = 'waiting' | 'active' | 'delayed' | 'failed';
export type JobWorker = Pick<Worker, 'pause' | 'resume' | 'close'> & {
  waitUntilReady(): Promise<unknown>;
  run(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'failed', listener: (job: Job | undefined, error: Error) => void): unknown;
};
export type Process = (job: Job, token?: string) => Promise<void>;

/** This process's `QueueBackend`. */
export const BACKEND = Symbol('BACKEND');

/** Where BullMQ keeps its jobs. Nothing above knows which of the two it is. */
export interface WorkOptions {
  readonly concurrency: number;
}

export interface QueueBackend {
  readonly kind: 'redis' | 'postgresql';
  /** Waits for nothing: throws when it is not there, `UnfitQueue` when it must not be used. */
  prepare(): Promise<void>;
  /** For handing over and for counting; fails fast when the queue is away. */
  queue(name: QueueName): JobQueue;
  /** For working; waits for a queue that is away. */
  worker(name: QueueName, process: Process, options: WorkOptions): JobWorker;
  /** Whether it has forgotten what it was given since this was asked last. */
  hasLostJobs(): Promise<boolean>;
  close(): Promise<void>;
}

/** In force for every job: three attempts, the second after about 2 s, the third after about 4 s more. */
export const JOB_OPTIONS = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 2_000, jitter: 0.5 },
  // Kept, a finished job would make handing the same row over again do nothing. What failed is in failed_jobs.
  removeOnComplete: true,
  removeOnFail: true,
} as const;

/** A worker that dies holds its jobs for this long, and somebody looks this often. */
export const WORKER_OPTIONS = {
  autorun: false,
  lockDuration: 10_000,
  stalledInterval: 3_000,
  // So many dead workers are forgiven: who was at work beside the job that kills them dies as often and is innocent.
  maxStalledCount: 3,
  runRetryDelay: 1_000,
  drainDelay: 5,
} as const;

/** A job under which so many workers died is a dead one. */
export const MAX_WORKER_DEATHS = WORKER_OPTIONS.maxStalledCount + 1;
