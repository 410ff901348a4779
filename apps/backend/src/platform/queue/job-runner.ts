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

/** The features' jobs, provided by the worker's module. */
export const JOB_HANDLERS = Symbol('JOB_HANDLERS');

const RETRY_DELAY_MS = 500;
/** Shutdown: handlers are asked to stop after 4 s and abandoned after 6.5 s, since a process is killed after 10 s. */
const ABORT_AFTER_MS = 4_000;
const ABANDON_AFTER_MS = 6_500;
/** A connection that the server cut in the middle of a query may never return to its pool. */
const CLOSE_TIMEOUT_MS = 500;

/** Starts relay and consumers once database and queue are available, and stops them without losing a job. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Jobs');
  private readonly handlers: ReadonlyMap<JobName, Handler>;
  private readonly stopping = new AbortController();
  private consumers: QueueConsumer[] = [];
  private retryTimer: NodeJS.Timeout | undefined;
  private notStartedReason: string | null = 'starting';
  private isShuttingDown = false;

  constructor(
    @Inject(JOB_HANDLERS) features: readonly JobHandlers[],
    @Inject(BACKEND) private readonly backend: QueueBackend,
    @Inject(ENV) private readonly env: Env,
    private readonly database: DatabaseState,
    private readonly relay: Relay,
    private readonly deadLetters: DeadLetters,
    private readonly pauses: QueuePauses,
    private readonly metrics: JobMetrics,
    private readonly throttle: LoadThrottle,
  ) {
    this.handlers = handlersByJob(features);
    // Every mail in delivery listens for the abort: Node would take more than ten listeners for a leak.
    setMaxListeners(env.workerConcurrency, this.stopping.signal);
  }

  onApplicationBootstrap(): Promise<void> {
    return this.tryToStart();
  }

  /** Why the worker is not ready, or null. */
  async notReadyReason(): Promise<string | null> {
    if (this.notStartedReason !== null) return this.notStartedReason;
    const databaseReason = await this.database.notReadyReason();
    if (databaseReason !== null) return databaseReason;
    return this.backend.prepare().then(
      () => null,
      (error) => queueReason(error),
    );
  }

  async onModuleDestroy(): Promise<void> {
    this.isShuttingDown = true;
    clearTimeout(this.retryTimer);
    await this.relay.stop();
    const abortTimer = setTimeout(() => this.stopping.abort(), ABORT_AFTER_MS);
    const closed = Promise.all(this.consumers.map((consumer) => consumer.close(false)));
    await waitAtMost(ABANDON_AFTER_MS, closed);
    clearTimeout(abortTimer);
    await waitAtMost(CLOSE_TIMEOUT_MS, this.backend.close());
  }

  /** Rejects with `UnsupportedQueue` only. */
  private async tryToStart(): Promise<void> {
    try {
      this.notStartedReason = await this.database.notReadyReason();
      if (this.notStartedReason === null) {
        await this.backend.prepare();
        if (!this.isShuttingDown) await this.start();
        return;
      }
    } catch (error) {
      if (error instanceof UnsupportedQueue) throw error;
      this.notStartedReason = queueReason(error);
    }
    this.logger.warn(`Not started yet: ${this.notStartedReason}`);
    this.retryTimer = setTimeout(() => {
      this.tryToStart().catch((error) => {
        // As at start: continuing could lose jobs.
        this.logger.fatal(messageOf(error));
        process.exit(1);
      });
    }, RETRY_DELAY_MS);
  }

  private async start(): Promise<void> {
    const consumers = QUEUES.map(
      (queue) =>
        new QueueConsumer(queue, {
          backend: this.backend,
          handlers: this.handlers,
          deadLetters: this.deadLetters,
          pauses: this.pauses,
          metrics: this.metrics,
          throttle: this.throttle,
          concurrency: this.env.workerConcurrency,
          stopping: this.stopping.signal,
        }),
    );
    try {
      await Promise.all(consumers.map((consumer) => consumer.ready()));
    } catch (error) {
      await Promise.allSettled(consumers.map((consumer) => consumer.close(true)));
      throw error;
    }
    this.consumers = consumers;
    for (const consumer of consumers) consumer.start();
    this.relay.start();
    this.notStartedReason = null;
    this.logger.log(`Running jobs on ${this.backend.kind}`);
  }
}

const queueReason = (error: unknown) => `the queue does not answer (${messageOf(error)})`;

const waitAtMost = (ms: number, work: Promise<unknown>) =>
  Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms).unref())]);
