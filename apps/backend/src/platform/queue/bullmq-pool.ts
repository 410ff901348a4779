import { setTimeout as pause } from 'node:timers/promises';
import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';
import type pg from 'pg';
import { databaseFailure } from '../errors/database-errors.js';

const MIN_DELAY_MS = 250;
const MAX_DELAY_MS = 5_000;

/** The part of a pg.Pool that BullMQ calls when the pool is shared. */
export class BullMqPool implements PgPool {
  /** BullMQ looks up `keepAlive` here. */
  readonly options: pg.PoolOptions;

  constructor(protected readonly pool: pg.Pool) {
    this.options = pool.options;
  }

  async connect(): Promise<PgPoolClient> {
    // BullMQ declares types of its own for pg, which differ in what may be undefined.
    return (await this.pool.connect()) as unknown as PgPoolClient;
  }

  async query<Row>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    return this.pool.query<Row & pg.QueryResultRow>(text, params as unknown[]);
  }

  /** The pool belongs to the backend; BullMQ ends only pools that it created. */
  end(): Promise<void> {
    return Promise.resolve();
  }

  /**
   * BullMQ subscribes to errors of idle connections and never unsubscribes, not even on close. On the shared pool the
   * listeners would exceed Node's limit of ten, and grow with each queue that is created again after an outage. They
   * are not needed: the pool replaces such a connection itself.
   */
  on(): this {
    return this;
  }

  removeAllListeners(): this {
    return this;
  }
}

/**
 * The pool for BullMQ's workers. A worker repeats a failed query at once, unless it takes the error for a refused
 * connection, and a worker whose first connection fails never recovers. So a query that fails because of the database
 * rejects after a delay, and `connect` retries with exponential back-off.
 */
export class RetryingBullMqPool extends BullMqPool {
  constructor(
    pool: pg.Pool,
    private readonly isClosing: () => boolean,
  ) {
    super(pool);
  }

  override async connect(): Promise<PgPoolClient> {
    for (let delay = MIN_DELAY_MS; ; delay = Math.min(delay * 2, MAX_DELAY_MS))
      try {
        return await super.connect();
      } catch (error) {
        if (this.isClosing()) throw error;
        await pause(delay);
      }
  }

  override async query<Row>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<Row>> {
    try {
      return await super.query<Row>(text, params);
    } catch (error) {
      if (!this.isClosing() && isDatabaseOutage(error)) await pause(MIN_DELAY_MS);
      throw error;
    }
  }
}

/** 3D000: the database was dropped, or is being replaced. */
function isDatabaseOutage(error: unknown): boolean {
  return databaseFailure(error) === 'unavailable' || (error as { code?: unknown } | null)?.code === '3D000';
}
