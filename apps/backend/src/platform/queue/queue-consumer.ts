import { Logger } from '@nestjs/common';
import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import { isJobName, isUrgent, JOBS, type JobName, parsePayload, type QueueName } from '../../registry/jobs.js';
import { Semaphore } from '../concurrency/semaphore.js';
import { JOB_OPTIONS, type JobWorker, type QueueBackend } from './backend.js';
import { Batcher } from './batcher.js';
import type { DeadLetters } from './dead-letters.js';
import { classifyFailure, messageOf, PermanentFailure } from './errors.js';
import type { Handler, JobOutcomes, Run } from './handler.js';
import type { JobMetrics } from './job-metrics.js';
import type { LoadThrottle } from './load-throttle.js';
import type { JobOutcome } from './outbox.js';
import { BATCH, BatchData, jobFor } from './queue-jobs.js';
import type { QueuePauses } from './queue-pauses.js';

const MIN_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 60_000;
/** Batched jobs share a statement and a connection, so a queue that has some takes this many times as many jobs. */
const BATCHED_CONCURRENCY_FACTOR = 20;
/** Longer than a rolling upgrade takes. */
const MAX_UNKNOWN_JOB_AGE_MS = 600_000;
const UNKNOWN_JOB_DELAY_MS = 2_000;

export interface ConsumerOptions {
  readonly backend: QueueBackend;
  readonly handlers: ReadonlyMap<JobName, Handler>;
  readonly deadLetters: DeadLetters;
  readonly pauses: QueuePauses;
  readonly metrics: JobMetrics;
  readonly throttle: LoadThrottle;
  readonly concurrency: number;
  readonly stopping: AbortSignal;
}

/**
 * Runs the jobs of one queue in one worker. While a service does not answer it pauses the queue, with exponential
 * back-off. Jobs that fail for good move to the dead letters.
 */
export class QueueConsumer {
  private readonly logger = new Logger('Jobs');
  private readonly runners = new Map<JobName, (run: Run) => Promise<JobOutcome>>();
  private readonly batches: Semaphore;
  private readonly worker: JobWorker;
  private nextPauseMs = MIN_PAUSE_MS;
  private resumeTimer: NodeJS.Timeout | undefined;
  private lastError: string | undefined;

  constructor(
    private readonly queue: QueueName,
    private readonly options: ConsumerOptions,
  ) {
    this.batches = new Semaphore(options.concurrency, Number.POSITIVE_INFINITY);
    let hasBatched = false;
    for (const handler of options.handlers.values()) {
      // All jobs: servers of the previous version may have enqueued a job in another queue.
      if ('single' in handler) this.runners.set(handler.job, handler.single);
      else {
        hasBatched ||= JOBS[handler.job].queue === queue;
        const batcher = new Batcher(handler.batched, options.concurrency);
        this.runners.set(handler.job, (run) => batcher.add(run));
      }
    }
    this.worker = options.backend.worker(queue, (job, token) => this.process(job, token), {
      concurrency: options.concurrency * (hasBatched ? BATCHED_CONCURRENCY_FACTOR : 1),
    });
    this.worker.on('error', (error) => this.logError(error));
    this.worker.on('failed', (job) => {
      // BullMQ failed a job whose workers died one after the other, without calling its handler.
      if (job?.deferredFailure === undefined) return;
      const settled = job.name === BATCH ? this.addOneByOne(job) : this.moveStalledToDeadLetters(job);
      settled.catch((error) => this.logError(error));
    });
  }

  ready(): Promise<unknown> {
    return this.worker.waitUntilReady();
  }

  /** Only after `ready()`: a BullMQ worker whose first connection failed would retry in a busy loop. */
  start(): void {
    this.worker.run().catch((error) => this.logError(error));
  }

  async close(force: boolean): Promise<void> {
    clearTimeout(this.resumeTimer);
    await this.worker.close(force);
  }

  /** BullMQ reconnects by itself; an error that repeats is logged once. */
  private logError(error: unknown): void {
    const message = messageOf(error);
    if (message === this.lastError) return;
    this.lastError = message;
    this.logger.warn(`Error in the queue "${this.queue}": ${message}`);
  }

  private async process(job: Job, token?: string): Promise<void> {
    const { name } = job;
    if (name === BATCH) return this.processBatch(job, token);
    const run = isJobName(name) ? this.runners.get(name) : undefined;
    if (!isJobName(name) || run === undefined) return this.leaveToAnotherVersion(job, token);
    if (!isUrgent(this.queue)) await this.options.throttle.waitForTurn();
    try {
      const outcome = await run({
        outboxId: String(job.id),
        payload: this.parse(name, job),
        starts: job.attemptsStarted,
        stopping: this.options.stopping,
      });
      this.options.metrics.attempt(job.name, outcome);
      this.resetPause();
    } catch (error) {
      await this.fail(job, error, token);
    }
  }

  /** The rows that the batch leaves over become jobs of their own, each with its own attempts. */
  private async processBatch(job: Job, token?: string): Promise<void> {
    const outcomes = await this.batches.run(async () => {
      // Not before there is room for it: load that begins meanwhile would not slow down what has had its turn already.
      await this.options.throttle.waitForTurn(BatchData.parse(job.data).rows.length);
      return this.runBatch(job, token);
    });
    await this.addOneByOne(job, outcomes);
    this.resetPause();
  }

  private async runBatch(job: Job, token?: string): Promise<JobOutcomes> {
    const { job: name, rows } = BatchData.parse(job.data);
    const handler = isJobName(name) ? this.options.handlers.get(name) : undefined;
    if (handler === undefined || 'single' in handler) return new Map();
    const { stopping } = this.options;
    // It waited for its turn while the worker was stopping.
    if (stopping.aborted) return this.putBack(job, Date.now(), token);
    try {
      const runs = rows.map(({ id, payload }) => ({
        outboxId: id,
        payload: parsePayload(handler.job, payload),
        starts: job.attemptsStarted,
        stopping,
      }));
      const outcomes = await handler.batched(runs);
      for (const outcome of outcomes.values()) this.options.metrics.attempt(handler.job, outcome);
      return outcomes;
    } catch (error) {
      if (classifyFailure(error, job.attemptsStarted) === 'unreachable') return this.requeue(job, error, token);
      // The row that caused it fails again, alone.
      return new Map();
    }
  }

  private async addOneByOne(job: Job, done: JobOutcomes = new Map()): Promise<void> {
    const { job: name, rows } = BatchData.parse(job.data);
    const left = rows.filter(({ id }) => !done.has(id));
    if (left.length === 0) return;
    await this.options.backend.queue(this.queue).addBulk(left.map((row) => jobFor({ ...row, job: name })));
  }

  /**
   * While a new version is rolled out, workers of the version before it get its new jobs too. Puts the job back for a
   * worker that knows it, without spending an attempt; after some time there is no such worker.
   */
  private async leaveToAnotherVersion(job: Job, token?: string): Promise<never> {
    if (Date.now() - job.timestamp > MAX_UNKNOWN_JOB_AGE_MS)
      return this.fail(job, new PermanentFailure(`There is no job "${job.name}" in this queue.`), token);
    this.options.metrics.attempt(job.name, 'given-back');
    return this.putBack(job, Date.now() + UNKNOWN_JOB_DELAY_MS, token);
  }

  private parse(name: JobName, job: Job) {
    try {
      return parsePayload(name, job.data);
    } catch (error) {
      throw new PermanentFailure(`Its payload is not valid: ${messageOf(error)}`);
    }
  }

  private async fail(job: Job, error: unknown, token?: string): Promise<never> {
    const failure = classifyFailure(error, job.attemptsStarted);
    if (failure === 'unreachable') return this.requeue(job, error, token);
    this.resetPause();
    const isLast = job.attemptsMade + 1 >= JOB_OPTIONS.attempts;
    if (failure === 'permanent' || isLast)
      try {
        await this.moveToDeadLetters(job, error);
      } catch (writeError) {
        // The job must not leave the queue before it is in the dead letters.
        return this.requeue(job, writeError, token);
      }
    if (failure === 'permanent') throw new UnrecoverableError(messageOf(error));
    if (!isLast) this.options.metrics.attempt(job.name, 'failed');
    throw error instanceof Error ? error : new Error(messageOf(error));
  }

  /** When the write fails, the relay dispatches the job again after its lease: BullMQ has removed it already. */
  private async moveStalledToDeadLetters(job: Job): Promise<void> {
    const deaths = job.stalledCounter;
    const error = new Error(`${deaths} workers died while they ran this job, one after the other.`);
    await this.moveToDeadLetters(job, error, deaths);
  }

  private async moveToDeadLetters(job: Job, error: unknown, attempts = job.attemptsMade + 1): Promise<void> {
    this.logger.error({ msg: 'job failed for good', job: job.name, outboxId: job.id, error: messageOf(error) });
    await this.options.deadLetters.add({
      outboxId: String(job.id),
      error: messageOf(error),
      attempts,
      permanent: error instanceof PermanentFailure,
    });
    this.options.metrics.attempt(job.name, 'dead');
  }

  /** Puts the job back without spending an attempt, and pauses the queue. */
  private async requeue(job: Job, error: unknown, token?: string): Promise<never> {
    const pauseMs = this.pause(messageOf(error));
    this.options.metrics.attempt(job.name, 'given-back');
    return this.putBack(job, Date.now() + pauseMs, token);
  }

  private async putBack(job: Job, until: number, token?: string): Promise<never> {
    await job.moveToDelayed(until, token);
    throw new DelayedError();
  }

  private pause(reason: string): number {
    if (this.resumeTimer !== undefined || this.options.stopping.aborted) return this.nextPauseMs;
    const pauseMs = this.nextPauseMs;
    this.logger.warn(`Pausing the queue "${this.queue}" for ${pauseMs / 1_000} s: ${reason}`);
    this.worker.pause(true).catch((error) => this.logError(error));
    // Never rejects.
    void this.options.pauses.record(this.queue, reason, new Date(Date.now() + pauseMs));
    this.resumeTimer = setTimeout(() => {
      this.resumeTimer = undefined;
      this.worker.resume().catch((error) => this.logError(error));
    }, pauseMs);
    this.nextPauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
    return pauseMs;
  }

  /** The service has responded to a job, so the back-off starts again with the shortest pause. */
  private resetPause(): void {
    if (this.nextPauseMs === MIN_PAUSE_MS || this.resumeTimer !== undefined) return;
    this.nextPauseMs = MIN_PAUSE_MS;
    // Never rejects.
    void this.options.pauses.clear(this.queue);
  }
}
