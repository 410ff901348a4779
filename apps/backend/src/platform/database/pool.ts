import pg from 'pg';
import type { Env } from '../config/env.js';

/** The process's pg.Pool, for queries without Prisma. */
export const POOL = Symbol('POOL');

/** A request has 3 s; after this time without a connection it gets 503 with `Retry-After`. */
const CONNECT_TIMEOUT_MS = 2_500;

export function createPool(env: Env, name: string, overrides: pg.PoolConfig = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env.databaseUrl,
    max: env.databasePoolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // Otherwise a statement that waits for a lock or has a bad plan would keep its connection indefinitely.
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: `mini-compete ${name}`,
    ...overrides,
  });
  // Without these listeners a connection that the server closes while it is idle, in the pool or checked out, emits an
  // unhandled 'error' event that ends the process. The next query on it fails anyway.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
