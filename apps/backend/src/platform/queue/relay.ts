import { Inject, Injectable, Logger } from '@nestjs/common';
import type pg from 'pg';
import type { QueueName } from '../../registry/jobs.js';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { POOL } from '../database/pool.js';
import { PostgresListener } from '../live/postgres-listener.js';
import { BACKEND, JOB_OPTIONS, type QueueBackend } from './backend.js';
import { messageOf } from './errors.js';
import { JOBS_PER_INTERVAL, LoadThrottle } from './load-throttle.js';
import { HIGH_LOAD, OUTBOX_CHANNEL } from './outbox.js';
import { WakeableTimer } from './wakeable-timer.js';

interface OutboxRow {
  id: string;
  queue: QueueName;
  job: string;
  payload: unknown;
}

const BATCH_SIZE = 500;
/** Also polls, because a NOTIFY may get lost. */
const POLL_INTERVAL_MS = 1_000;
const MAX_RETRY_DELAY_MS = 5_000;

/**
 * Dispatches jobs from the outbox to the queue, at least once. Claiming a row leases it: `due_at` moves on, and until
 * then no relay dispatches the row again. A row that is still unsettled then (the relay died, the queue lost the job)
 * is dispatched once more: the queue ignores ids that it has, and the handler ignores settled rows.
 */
@Injectable()
export class Relay {
  private readonly logger = new Logger('Relay');
  private readonly timer = new WakeableTimer();
  private readonly listener: PostgresListener;
  private running: Promise<void> | undefined;
  private isStopping = false;
  private failures = 0;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) env: Env,
    @Inject(BACKEND) private readonly backend: QueueBackend,
    private readonly throttle: LoadThrottle,
  ) {
    this.listener = new PostgresListener({
      databaseUrl: env.databaseUrl,
      applicationName: 'mini-compete relay',
      channel: OUTBOX_CHANNEL,
      onNotification: (payload) => {
        if (payload === HIGH_LOAD) throttle.reportHighLoad();
        this.timer.wake();
      },
      onListening: () => this.timer.wake(),
    });
  }

  start(): void {
    this.listener.start();
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.timer.wake();
    await this.running;
    await this.listener.stop();
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      let delay = POLL_INTERVAL_MS;
      try {
        if (await this.backend.hasLostJobs()) await this.makeDispatchedDue();
        while (!this.isStopping) {
          const dispatched = await this.dispatch(this.throttle.isActive ? JOBS_PER_INTERVAL : BATCH_SIZE);
          if (dispatched < BATCH_SIZE) break;
        }
        this.failures = 0;
      } catch (error) {
        if (this.failures++ === 0) this.logger.warn(`Cannot dispatch jobs, retrying: ${messageOf(error)}`);
        delay = Math.min(POLL_INTERVAL_MS * this.failures, MAX_RETRY_DELAY_MS);
      }
      await (this.throttle.isActive ? this.throttle.nextInterval() : this.timer.wait(delay));
    }
  }

  /** Claims due rows and adds them to the queue; returns how many. */
  private async dispatch(limit: number): Promise<number> {
    const { rows } = await this.pool.query<OutboxRow>({ name: 'claim_outbox', text: CLAIM_DUE, values: [limit] });
    try {
      for (const [queue, jobs] of byQueue(rows))
        await this.backend
          .queue(queue)
          .addBulk(
            jobs.map(({ id, job, payload }) => ({ name: job, data: payload, opts: { ...JOB_OPTIONS, jobId: id } })),
          );
    } catch (error) {
      // If this fails too, the lease ends by itself.
      await this.pool.query(RELEASE, [rows.map(({ id }) => id)]).catch(() => {});
      throw error;
    }
    return rows.length;
  }

  private async makeDispatchedDue(): Promise<void> {
    const { rowCount } = await this.pool.query(
      'UPDATE outbox SET due_at = now() WHERE settled_at IS NULL AND handed_at IS NOT NULL AND due_at > now()',
    );
    if (rowCount) this.logger.warn(`The queue has lost its jobs: ${rowCount} are dispatched again`);
  }
}

function byQueue(rows: readonly OutboxRow[]): Map<QueueName, OutboxRow[]> {
  const queues = new Map<QueueName, OutboxRow[]>();
  for (const row of rows) {
    const jobs = queues.get(row.queue);
    if (jobs === undefined) queues.set(row.queue, [row]);
    else jobs.push(row);
  }
  return queues;
}

/**
 * FOR UPDATE SKIP LOCKED in the inner select lets several relays claim different rows. The lease starts at 30 s and
 * grows with the age of the row, so that a backlog behind an unavailable mail server is not dispatched all the time.
 */
const CLAIM_DUE = `
  UPDATE outbox o
  SET due_at = now() + least(greatest(now() - o.created_at, interval '30 seconds'), interval '5 minutes'),
      handed_at = now()
  FROM (
    SELECT id FROM outbox
    WHERE settled_at IS NULL AND due_at <= now()
    ORDER BY due_at
    LIMIT $1
    FOR UPDATE SKIP LOCKED
  ) due
  WHERE o.id = due.id
  RETURNING o.id, o.queue, o.job, o.payload`;

const RELEASE = 'UPDATE outbox SET due_at = now() WHERE id = ANY ($1::uuid[]) AND settled_at IS NULL';
