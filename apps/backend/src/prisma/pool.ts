import pg from 'pg';
import type { Env } from '../config/env.js';

/** The process's pg.Pool, for raw named queries. */
export const POOL = Symbol('POOL');

/** Longer than this for a connection is a declared 503: the time budget of a request is 3 s. */
const CONNECT_TIMEOUT_MS = 2_500;

export function createPool(env: Env, name: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env.databaseUrl,
    max: env.databasePoolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    // Nothing here is meant to take longer; a lock or a plan gone wrong must not keep its connection for good.
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 10_000,
    application_name: `mini-compete ${name}`,
  });
  // An idle connection that the server cuts is an event without a listener otherwise, and ends the process.
  pool.on('error', () => {});
  // The same for one that is in somebody's hands and idle at that moment; its next query fails and says so.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
