import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { databaseFailure } from '../errors/database-errors.js';

const SHORTEST_MS = 250;
const LONGEST_MS = 5_000;

/**
 * The pool as BullMQ's workers get it. A worker asks again at once when a query fails, unless it takes the error for a
 * refused connection; and it remembers for ever that the database was away when it was made. So a database that is
 * away, starts up or was replaced answers late here, and a first connection is waited for.
 */
export function retryingPool(pool: pg.Pool, isClosing: () => boolean): pg.Pool {
  const patient = Object.create(pool) as pg.Pool;

  const connect = async (): Promise<pg.PoolClient> => {
    for (let gap = SHORTEST_MS; ; gap = Math.min(gap * 2, LONGEST_MS))
      try {
        return await pool.connect();
      } catch (error) {
        if (isClosing()) throw error;
        await pause(gap);
      }
  };
  const query = async (...given: Parameters<pg.Pool['query']>): Promise<unknown> => {
    try {
      return await (pool.query as (...given: unknown[]) => Promise<unknown>)(...given);
    } catch (error) {
      if (!isClosing() && isOfDatabase(error)) await pause(SHORTEST_MS);
      throw error;
    }
  };
  return Object.assign(patient, { connect, query });
}

/** The database as a whole is in failure, or is not the one it was; the query itself is not to blame. */
function isOfDatabase(error: unknown): boolean {
  return databaseFailure(error) === 'unavailable' || (error as { code?: unknown } | null)?.code === '3D000';
}
