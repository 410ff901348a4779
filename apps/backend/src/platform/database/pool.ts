import pg from 'pg';
import type { Env } from '../config/env.js';
import { applicationName } from './application-name.js';
import { DatabaseClient, KEEP_ALIVE, type TimedQuery, withSessionSettings } from './connection.js';

/** The process's pg.Pool, for queries without Prisma. */
export const POOL = Symbol('POOL');

/** A request has 3 s; after this time without a connection it gets 503 with `Retry-After`. */
const CONNECT_TIMEOUT_MS = 2_500;
/** A statement that waits for a lock or has a bad plan would keep its connection indefinitely. */
const STATEMENT_TIMEOUT_MS = 12_000;
/**
 * How much longer the process waits for the answer. The server ends the statement first, so a missing answer means that
 * the server or the network is silent.
 */
const ANSWER_MARGIN_MS = 500;

type PoolSize = Pick<Env, 'databaseUrl' | 'databasePoolSize'>;

interface PoolOverrides extends pg.PoolConfig {
  readonly statement_timeout?: number;
}

export function createPool(
  { databaseUrl, databasePoolSize }: PoolSize,
  name: string,
  overrides: PoolOverrides = {},
  sessionSettings: Readonly<Record<string, string>> = {},
): pg.Pool {
  const { statement_timeout = STATEMENT_TIMEOUT_MS } = overrides;
  const pool = new CheckedPool({
    Client: DatabaseClient,
    connectionString: withSessionSettings(databaseUrl, sessionSettings),
    max: databasePoolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    ...KEEP_ALIVE,
    statement_timeout,
    query_timeout: statement_timeout + ANSWER_MARGIN_MS,
    // The transaction of a process that was stopped in the middle of it keeps its locks for this long.
    idle_in_transaction_session_timeout: 5_000,
    application_name: applicationName(name),
    ...overrides,
  });
  // Without these listeners a connection that the server closes while it is idle, in the pool or checked out, emits an
  // unhandled 'error' event that ends the process. The next query on it fails anyway.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** A connection that was used a moment ago is not checked: under load no query pays for another round trip. */
export const CHECK_AFTER_IDLE_MS = 1_000;
const CHECK: TimedQuery = { text: 'SELECT 1', query_timeout: 1_000 };

type CheckOutCallback = (error: Error | undefined, client: pg.PoolClient | undefined, done: () => void) => void;
type PooledClient = DatabaseClient & pg.PoolClient;

/**
 * Checks a connection that was idle before it hands it out. After a host has lost power its idle connections look as
 * before, so each would cost one request the whole time limit of its statement. When one does not answer, those that
 * were silent since then are not tried.
 */
class CheckedPool extends pg.Pool {
  private readonly answeredAt = new WeakMap<pg.ClientBase, number>();
  private silentSince = Number.NEGATIVE_INFINITY;

  constructor(config: pg.PoolConfig) {
    super(config);
    this.on('connect', (client) => this.answeredAt.set(client, performance.now()));
    this.on('release', (error, client) => {
      if (!error) this.answeredAt.set(client, performance.now());
    });
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: CheckOutCallback): void;
  override connect(callback?: CheckOutCallback): Promise<pg.PoolClient> | undefined {
    if (callback === undefined)
      return new Promise((resolve, reject) => {
        this.checkOut((error, client) => (client === undefined ? reject(error) : resolve(client)));
      });
    this.checkOut(callback);
    return undefined;
  }

  private checkOut(callback: CheckOutCallback): void {
    super.connect((error, pooled, done) => {
      const client = pooled as PooledClient | undefined;
      if (client === undefined) return callback(error, client, done);
      const now = performance.now();
      const answeredAt = this.answeredAt.get(client) ?? now;
      if (answeredAt <= this.silentSince) return this.replace(client, callback);
      if (now - answeredAt < CHECK_AFTER_IDLE_MS) return callback(error, client, done);
      client.query(CHECK).then(
        () => callback(error, client, done),
        () => {
          this.silentSince = Math.max(this.silentSince, now);
          this.replace(client, callback);
        },
      );
    });
  }

  private replace(client: PooledClient, callback: CheckOutCallback): void {
    client.disconnect();
    client.release(true);
    this.checkOut(callback);
  }
}
