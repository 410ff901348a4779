import { Logger } from '@nestjs/common';
import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import { isJobName, JOBS, type JobName, parsePayload, type QueueName } from '../../registry/jobs.js';
import type { JobWorker, QueueBackend } from './backend.js';
import { JOB_OPTIONS } from './backend.js';
import { Batcher } from './batcher.js';
import type { DeadLetters } from './dead-letters.js';
import { classifyFailure, messageOf, PermanentFailure } from './errors.js';
import type { Handler, Run } from './handler.js';
import type { JobMetrics } from './job-metrics.js';
import type { LoadThrottle } from './load-throttle.js';
import type { QueuePauses } from './queue-pauses.js';

const SHORTEST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;
/** A batched job waits for a statement that it shares with many: this many of them count as one at work. */
const BATCHED_AT_ONCE = 20;

export interface ConsumerOptions {
  readonly backend: QueueBackend;
  readonly handlers: ReadonlyMap<JobName, Handler>;
  readonly deadLetters: DeadLetters;
  readonly rests: QueuePauses;
  readonly metrics: JobMetrics;
  readonly courtesy: LoadThrottle;
  readonly concurrency: number;
  readonly stopping: AbortSignal;
}

/** One queue of one worker: runs its jobs, rests when nobody answers, buries what has failed for good. */
export class QueueConsumer {
  private readonly logger = new Logger('Jobs');
  private readonly work = new Map<JobName, (run: Run) => Promise<void>>();
  private readonly worker: JobWorker;
  private restMs = SHORTEST_REST_MS;
  private resume: NodeJS.Timeout | undefined;
  private lastTrouble: string | undefined;

  constructor(
    private readonly queue: QueueName,
    private readonly parts: ConsumerOptions,
  ) {
    let batched = false;
    for (const handler of parts.handlers.values()) {
      if (JOBS[handler.job].queue !== queue) continue;
      if ('alone' in handler) this.work.set(handler.job, handler.alone);
      else {
        batched = true;
        const batcher = new Batcher(handler.together, parts.concurrency);
        this.work.set(handler.job, (run) => batcher.add(run));
      }
    }
    this.worker = parts.backend.worker(queue, (job, token) => this.process(job, token), {
      concurrency: parts.concurrency * (batched ? BATCHED_AT_ONCE : 1),
    });
    this.worker.on('error', (error) => this.noteTrouble(error));
    this.worker.on('failed', (job) => {
      // Its workers died one after the other: the queue gave up on it without asking its handler.
      if (job?.deferredFailure !== undefined) void this.giveUp(job);
    });
  }

  ready(): Promise<unknown> {
    return this.worker.waitUntilReady();
  }

  /** Not before it is ready: a worker remembers for ever that it was not, and would ask itself without end. */
  start(): void {
    this.worker.run().catch((error) => this.noteTrouble(error));
  }

  async close(force: boolean): Promise<void> {
    clearTimeout(this.resume);
    await this.worker.close(force);
  }

  /** Lost connections come back by themselves; a trouble that repeats itself is said once. */
  private noteTrouble(error: Error): void {
    const trouble = messageOf(error);
    if (trouble === this.lastTrouble) return;
    this.lastTrouble = trouble;
    this.logger.warn(`The queue "${this.queue}" has trouble: ${trouble}`);
  }

  private async process(job: Job, token?: string): Promise<void> {
    await this.parts.courtesy.waitForTurn();
    try {
      const name = job.name;
      const work = this.work.get(name as JobName);
      if (!isJobName(name) || work === undefined)
        throw new PermanentFailure(`There is no job "${name}" in this queue.`);
      const run = {
        outboxId: String(job.id),
        payload: this.parse(name, job),
        starts: job.attemptsStarted,
        stopping: this.parts.stopping,
      };
      await work(run);
      this.parts.metrics.attempt(job.name, 'done');
      this.answered();
    } catch (error) {
      await this.failed(job, error, token);
    }
  }

  private parse(name: JobName, job: Job) {
    try {
      return parsePayload(name, job.data);
    } catch (error) {
      throw new PermanentFailure(`Its payload is not valid: ${messageOf(error)}`);
    }
  }

  private async failed(job: Job, error: unknown, token?: string): Promise<never> {
    const verdict = classifyFailure(error, job.attemptsStarted);
    const isLast = job.attemptsMade + 1 >= JOB_OPTIONS.attempts;
    if (verdict !== 'unreachable') this.answered();
    if (verdict === 'permanent' || (verdict === 'attempt' && isLast))
      try {
        await this.bury(job, error);
        this.parts.metrics.attempt(job.name, 'dead');
      } catch (burial) {
        // A job that is not written down must not leave the queue.
        return this.giveBack(job, burial, token);
      }
    if (verdict === 'unreachable') return this.giveBack(job, error, token);
    if (verdict === 'permanent') throw new UnrecoverableError(messageOf(error));
    if (!isLast) this.parts.metrics.attempt(job.name, 'failed');
    throw error instanceof Error ? error : new Error(messageOf(error));
  }

  /** It has left the queue already: unless it is written down, the outbox hands it over again when its lease ends. */
  private async giveUp(job: Job): Promise<void> {
    try {
      const deaths = job.stalledCounter;
      await this.bury(job, new Error(`${deaths} workers died while they were at it, one after the other.`), deaths);
      this.parts.metrics.attempt(job.name, 'dead');
    } catch (error) {
      this.noteTrouble(error as Error);
    }
  }

  private async bury(job: Job, error: unknown, attempts = job.attemptsMade + 1): Promise<void> {
    this.logger.error({ msg: 'job failed for good', job: job.name, outboxId: job.id, error: messageOf(error) });
    await this.parts.deadLetters.add({
      outboxId: String(job.id),
      error: messageOf(error),
      attempts,
      permanent: error instanceof PermanentFailure,
    });
  }

  /** Back into the queue without an attempt spent, and nothing is tried for a while; each time longer, up to a minute. */
  private async giveBack(job: Job, error: unknown, token?: string): Promise<never> {
    const ms = this.rest(messageOf(error));
    this.parts.metrics.attempt(job.name, 'given-back');
    await job.moveToDelayed(Date.now() + ms, token);
    throw new DelayedError();
  }

  private rest(reason: string): number {
    if (this.resume !== undefined || this.parts.stopping.aborted) return this.restMs;
    const ms = this.restMs;
    this.logger.warn(`The queue "${this.queue}" rests for ${ms / 1_000} s: ${reason}`);
    void this.worker.pause(true);
    void this.parts.rests.note(this.queue, reason, new Date(Date.now() + ms));
    this.resume = setTimeout(() => {
      this.resume = undefined;
      void this.worker.resume();
    }, ms);
    this.restMs = Math.min(ms * 2, LONGEST_REST_MS);
    return ms;
  }

  private answered(): void {
    if (this.restMs === SHORTEST_REST_MS || this.resume !== undefined) return;
    this.restMs = SHORTEST_REST_MS;
    void this.parts.rests.clear(this.queue);
  }
}
