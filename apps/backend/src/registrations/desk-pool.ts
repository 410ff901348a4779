import pg from 'pg';
import type { Env } from '../config/env.js';

/** The desk's own connections: whoever reads lists or signs in cannot keep people from their seats. */
export const DESK_POOL = Symbol('DESK_POOL');

/** Batches under way at a time, of competitions whose rows are free. */
export const SHARED_LANES = 3;
/** Batches that wait for a row which somebody else holds: they keep nobody else waiting. */
export const PATIENT_LANES = 5;

/** From arrival to answer. */
export const TIME_BUDGET_MS = 2_900;

export function createDeskPool(env: Env): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env.databaseUrl,
    max: SHARED_LANES + PATIENT_LANES,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'mini-compete desk',
    statement_timeout: TIME_BUDGET_MS,
  });
  // An idle connection that the server cuts is an event without a listener otherwise, and ends the process.
  pool.on('error', () => {});
  // The same for one that is in somebody's hands and idle at that moment; its next query fails and says so.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
