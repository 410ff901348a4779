import { Inject, Injectable, Logger } from '@nestjs/common';
import pg from 'pg';
import type { QueueName } from '../../registry/jobs.js';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { POOL } from '../database/pool.js';
import { BACKEND, JOB_OPTIONS, type QueueBackend } from './backend.js';
import { messageOf } from './errors.js';
import { JOBS_PER_INTERVAL, LoadThrottle } from './load-throttle.js';
import { HIGH_LOAD, OUTBOX_CHANNEL } from './outbox.js';
import { WakeableTimer } from './wakeable-timer.js';

interface Row {
  id: string;
  queue: QueueName;
  job: string;
  payload: unknown;
}

const AT_ONCE = 500;
/** The net under LISTEN. */
const LOOK_AGAIN_MS = 1_000;
const SLOWEST_RETRY_MS = 5_000;

/**
 * Hands the outbox over to the queue. A claim moves `due_at` on: while it lasts nobody else hands the row over, and
 * when it ends unsettled (the relay died, the queue lost it) it is handed over again. The queue ignores an id that it
 * has; a job that is done already finds its row settled.
 */
@Injectable()
export class Relay {
  private readonly logger = new Logger('Relay');
  private readonly waiter = new WakeableTimer();
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private ear: pg.Client | undefined;
  private failures = 0;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Env,
    @Inject(BACKEND) private readonly backend: QueueBackend,
    private readonly throttle: LoadThrottle,
  ) {}

  start(): void {
    this.running = this.run();
  }

  wake(): void {
    this.waiter.wake();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
    await this.ear?.end().catch(() => {});
  }

  private get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      let pause = LOOK_AGAIN_MS;
      try {
        await this.listen();
        if (await this.backend.hasLostJobs()) await this.dispatchAgain();
        while (
          (await this.dispatch(this.throttle.isActive ? JOBS_PER_INTERVAL : AT_ONCE)) === AT_ONCE &&
          !this.isStopping
        );
        this.failures = 0;
      } catch (error) {
        if (this.failures++ === 0) this.logger.warn(`Handing over has to wait: ${messageOf(error)}`);
        pause = Math.min(LOOK_AGAIN_MS * this.failures, SLOWEST_RETRY_MS);
      }
      await (this.throttle.isActive ? this.throttle.nextInterval() : this.waiter.wait(pause));
    }
  }

  /** Claims what is due and hands it over; answers how many. */
  async dispatch(most = AT_ONCE): Promise<number> {
    const { rows } = await this.pool.query<Row>({ name: 'claim_outbox', text: CLAIM_DUE, values: [most] });
    try {
      for (const [queue, jobs] of byQueue(rows))
        await this.backend
          .queue(queue)
          .addBulk(
            jobs.map(({ id, job, payload }) => ({ name: job, data: payload, opts: { ...JOB_OPTIONS, jobId: id } })),
          );
    } catch (error) {
      // Given back at once; if that fails too, the claim ends by itself.
      await this.pool.query(GIVE_BACK, [rows.map(({ id }) => id)]).catch(() => {});
      throw error;
    }
    return rows.length;
  }

  private async dispatchAgain(): Promise<void> {
    const { rowCount } = await this.pool.query(
      'UPDATE outbox SET due_at = now() WHERE settled_at IS NULL AND handed_at IS NOT NULL AND due_at > now()',
    );
    if (rowCount) this.logger.warn(`The queue has lost what it held: ${rowCount} jobs are handed over again`);
  }

  private async listen(): Promise<void> {
    if (this.ear !== undefined) return;
    const ear = new pg.Client({
      connectionString: this.env.databaseUrl,
      application_name: 'mini-compete relay',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    });
    const lost = () => {
      if (this.ear === ear) this.ear = undefined;
    };
    ear.on('error', lost);
    ear.on('end', lost);
    ear.on('notification', ({ payload }) => {
      if (payload === HIGH_LOAD) this.throttle.reportHighLoad();
      this.wake();
    });
    await ear.connect();
    await ear.query(`LISTEN ${OUTBOX_CHANNEL}`);
    this.ear = ear;
  }
}

function byQueue(rows: readonly Row[]): Map<QueueName, Row[]> {
  const queues = new Map<QueueName, Row[]>();
  for (const row of rows) {
    const jobs = queues.get(row.queue);
    if (jobs === undefined) queues.set(row.queue, [row]);
    else jobs.push(row);
  }
  return queues;
}

/**
 * Locked in the inner select, where SKIP LOCKED lets two relays take different rows. A claim lasts 30 s at first and
 * longer for what has waited long, so that a backlog behind a mail server that is away is not handed over all the time.
 */
export const CLAIM_DUE = `
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

const GIVE_BACK = 'UPDATE outbox SET due_at = now() WHERE id = ANY ($1::uuid[]) AND settled_at IS NULL';
