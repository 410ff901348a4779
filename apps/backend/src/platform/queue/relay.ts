import { Inject, Injectable, Logger } from '@nestjs/common';
import type pg from 'pg';
import { URGENT_QUEUES } from '../../registry/jobs.js';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { applicationName } from '../database/application-name.js';
import { POOL } from '../database/pool.js';
import { DatabaseWarnings } from '../health/database-warnings.js';
import { PostgresListener } from '../live/postgres-listener.js';
import { BACKEND, type QueueBackend } from './backend.js';
import { messageOf } from './errors.js';
import { LoadThrottle } from './load-throttle.js';
import { isUnsettledJob, loadReportOf, OUTBOX_CHANNEL } from './outbox.js';
import { type OutboxRow, OutboxScan } from './outbox-scan.js';
import { groupBy, jobsFor } from './queue-jobs.js';
import { WakeableTimer } from './wakeable-timer.js';

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
  /** Without it, a reset link would wait until all rows before it are dispatched. It has an index of its own. */
  private readonly urgent: OutboxScan;
  private readonly due: OutboxScan;
  private running: Promise<void> | undefined;
  private isStopping = false;
  private failures = 0;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) env: Env,
    @Inject(BACKEND) private readonly backend: QueueBackend,
    private readonly throttle: LoadThrottle,
    private readonly warnings: DatabaseWarnings,
  ) {
    this.urgent = new OutboxScan(pool, 'claim_urgent', IS_URGENT);
    this.due = new OutboxScan(pool, 'claim_due');
    this.listener = new PostgresListener({
      databaseUrl: env.databaseDirectUrl,
      applicationName: applicationName('relay'),
      channel: OUTBOX_CHANNEL,
      onNotification: (payload) => {
        const load = loadReportOf(payload);
        if (load !== null) throttle.report(load);
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
        // While commits wait, each claim and each job would keep a connection of the database.
        if (!this.warnings.commitsWait) {
          if (await this.backend.hasLostJobs()) await this.makeDispatchedDue();
          await this.dispatchDue();
        }
        this.failures = 0;
      } catch (error) {
        if (this.failures++ === 0) this.logger.warn(`Cannot dispatch jobs, retrying: ${messageOf(error)}`);
        delay = Math.min(POLL_INTERVAL_MS * this.failures, MAX_RETRY_DELAY_MS);
      }
      await this.timer.wait(delay);
    }
  }

  /** All due rows, or as many as the throttle allows. Urgent rows go first and are not limited. */
  private async dispatchDue(): Promise<void> {
    while (!this.isStopping) {
      await this.dispatch(await this.urgent.claim(BATCH_SIZE));
      const limit = Math.min(BATCH_SIZE, this.throttle.dispatchable);
      if (limit <= 0) return;
      const rows = await this.due.claim(limit);
      this.throttle.countDispatched(rows.length);
      await this.dispatch(rows);
      if (rows.length < limit) return;
    }
  }

  private async dispatch(rows: readonly OutboxRow[]): Promise<void> {
    try {
      for (const [queue, ofQueue] of groupBy(rows, (row) => row.queue))
        await this.backend.queue(queue).addBulk(jobsFor(ofQueue));
    } catch (error) {
      // If this fails too, the lease ends by itself.
      await this.pool.query(RELEASE, [rows.map(({ id }) => id)]).catch(() => {});
      throw error;
    }
  }

  private async makeDispatchedDue(): Promise<void> {
    const { rowCount } = await this.pool.query(
      'UPDATE outbox SET due_at = now() WHERE settled_at IS NULL AND handed_at IS NOT NULL AND due_at > now()',
    );
    if (rowCount) this.logger.warn(`The queue has lost its jobs: ${rowCount} are dispatched again`);
  }
}

const IS_URGENT = `settled_at IS NULL AND queue IN (${URGENT_QUEUES.map((queue) => `'${queue}'`).join(', ')})`;

const RELEASE = `UPDATE outbox SET due_at = now() WHERE id = ANY ($1::uuid[]) AND ${isUnsettledJob()}`;
