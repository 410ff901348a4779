import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Counter, Gauge } from 'prom-client';
import { QUEUES } from '../../registry/jobs.js';
import { METRICS } from '../../registry/metrics.js';
import { POOL } from '../database/pool.js';
import { readForMetrics } from '../metrics/collect.js';
import { Metrics } from '../metrics/metrics.js';
import type { JobOutcome } from './outbox.js';

interface QueueState {
  readonly queue: string;
  readonly depth: number;
  readonly age: number;
  readonly failed: number;
}

/** Every queue, also one without a job: an alert on a series that appears with the first dead letter would miss it. */
const QUEUE_STATES = `
  SELECT q.queue, coalesce(waiting.depth, 0) AS depth, coalesce(waiting.age, 0) AS age, coalesce(f.failed, 0) AS failed
  FROM unnest($1::text[]) AS q (queue)
  LEFT JOIN (
    SELECT queue, count(*)::int AS depth, extract(epoch FROM now() - min(created_at))::float AS age
    FROM outbox WHERE settled_at IS NULL GROUP BY queue
  ) waiting USING (queue)
  LEFT JOIN (
    SELECT queue, count(*)::int AS failed FROM failed_jobs WHERE settled_at IS NULL GROUP BY queue
  ) f USING (queue)`;
/** With the longer timeout of the pool, a PostgreSQL that hangs would keep a connection for each scrape. */
const QUERY_TIMEOUT_MS = 2_000;

/** Outcomes of job attempts; depth, age and dead letters of the queues. */
@Injectable()
export class JobMetrics {
  private readonly attempts: Counter<'job' | 'outcome'>;
  /** The read of the running scrape, which the gauges share. */
  private reading: Promise<QueueState[] | null> | null = null;

  constructor(
    metrics: Metrics,
    @Inject(POOL) private readonly pool: pg.Pool,
  ) {
    const registers = [metrics.registry];
    this.attempts = new Counter({ ...METRICS.jobAttempts, registers });
    const read = () => this.readQueueStates();
    for (const [metric, value] of [
      [METRICS.queueDepth, 'depth'],
      [METRICS.queueAge, 'age'],
      [METRICS.failedJobs, 'failed'],
    ] as const)
      new Gauge({
        ...metric,
        registers,
        async collect() {
          const states = await read();
          this.reset();
          for (const state of states ?? []) this.set({ queue: state.queue }, state[value]);
        },
      });
  }

  attempt(job: string, outcome: JobOutcome | 'failed' | 'dead' | 'given-back'): void {
    this.attempts.inc({ job, outcome });
  }

  private readQueueStates(): Promise<QueueState[] | null> {
    const query = { text: QUEUE_STATES, values: [QUEUES], query_timeout: QUERY_TIMEOUT_MS };
    this.reading ??= readForMetrics('queues', async () => (await this.pool.query<QueueState>(query)).rows).finally(
      () => {
        this.reading = null;
      },
    );
    return this.reading;
  }
}
