import { setMaxListeners } from 'node:events';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type JobName, QUEUES } from '../../registry/jobs.js';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { DatabaseState } from '../database/database-state.js';
import { BACKEND, type QueueBackend } from './backend.js';
import { DeadLetters } from './dead-letters.js';
import { messageOf, UnsupportedQueue } from './errors.js';
import { type Handler, handlersByJob, type JobHandlers } from './handler.js';
import { JobMetrics } from './job-metrics.js';
import { LoadThrottle } from './load-throttle.js';
import { QueueConsumer } from './queue-consumer.js';
import { QueuePauses } from './queue-pauses.js';
import { Relay } from './relay.js';

/** The features' jobs, given by the worker's module. */
export const JOB_HANDLERS = Symbol('JOB_HANDLERS');

const AGAIN_AFTER_MS = 500;
/** What has to end ends after this: 10 s are all that whoever stops us waits. */
const ASK_TO_STOP_MS = 4_000;
const FORCE_MS = 6_500;
/** A connection that the server cut in the middle of something may never be given back to its pool. */
const CLOSE_MS = 500;

/** Starts the loops when database and queue are there, however long that takes; ends them without losing a job. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Jobs');
  private readonly handlers: ReadonlyMap<JobName, Handler>;
  private readonly stopping = new AbortController();
  private loops: QueueConsumer[] = [];
  private timer: NodeJS.Timeout | undefined;
  private missing: string | null = 'starting';
  private ended = false;

  constructor(
    @Inject(JOB_HANDLERS) features: readonly JobHandlers[],
    @Inject(BACKEND) private readonly backend: QueueBackend,
    @Inject(ENV) private readonly env: Env,
    private readonly database: DatabaseState,
    private readonly relay: Relay,
    private readonly deadLetters: DeadLetters,
    private readonly rests: QueuePauses,
    private readonly metrics: JobMetrics,
    private readonly courtesy: LoadThrottle,
  ) {
    this.handlers = handlersByJob(features);
    // Each mail that is being delivered listens for the stop, and so many are at a time: that is no leak, one more is.
    setMaxListeners(env.workerConcurrency, this.stopping.signal);
  }

  onApplicationBootstrap(): Promise<void> {
    return this.tryToStart();
  }

  /** What stands in the way of being ready, or null. */
  async notReadyReason(): Promise<string | null> {
    if (this.missing !== null) return this.missing;
    const database = await this.database.notReadyReason();
    if (database !== null) return database;
    return this.backend.prepare().then(
      () => null,
      (error) => `the queue does not answer (${messageOf(error)})`,
    );
  }

  async onModuleDestroy(): Promise<void> {
    this.ended = true;
    clearTimeout(this.timer);
    await this.relay.stop();
    const ask = setTimeout(() => this.stopping.abort(), ASK_TO_STOP_MS);
    const closed = Promise.all(this.loops.map((loop) => loop.close(false)));
    await atMost(FORCE_MS, closed);
    clearTimeout(ask);
    await atMost(CLOSE_MS, this.backend.close());
  }

  private async tryToStart(): Promise<void> {
    try {
      this.missing = await this.database.notReadyReason();
      if (this.missing === null) {
        await this.backend.prepare();
        if (!this.ended) await this.start();
        return;
      }
    } catch (error) {
      if (error instanceof UnsupportedQueue) throw error;
      this.missing = `the queue does not answer (${messageOf(error)})`;
    }
    this.logger.warn(`Not at work yet: ${this.missing}`);
    // An unfit queue that comes up later ends the process, as it does at start.
    this.timer = setTimeout(() => void this.tryToStart(), AGAIN_AFTER_MS);
  }

  private async start(): Promise<void> {
    const loops = QUEUES.map(
      (queue) =>
        new QueueConsumer(queue, {
          backend: this.backend,
          handlers: this.handlers,
          deadLetters: this.deadLetters,
          rests: this.rests,
          metrics: this.metrics,
          courtesy: this.courtesy,
          concurrency: this.env.workerConcurrency,
          stopping: this.stopping.signal,
        }),
    );
    try {
      await Promise.all(loops.map((loop) => loop.ready()));
    } catch (error) {
      await Promise.allSettled(loops.map((loop) => loop.close(true)));
      throw error;
    }
    this.loops = loops;
    for (const loop of loops) loop.start();
    this.relay.start();
    this.missing = null;
    this.logger.log(`At work on ${this.backend.kind}`);
  }
}

const atMost = (ms: number, work: Promise<unknown>) =>
  Promise.race([work, new Promise((go) => setTimeout(go, ms).unref())]);
