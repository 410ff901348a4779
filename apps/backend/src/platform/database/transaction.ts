import type pg from 'pg';

/** A pool, or a connection of it in the middle of a transaction. */
export type Queryable = Pick<pg.ClientBase, 'query'>;

/** Runs `work` in a READ COMMITTED transaction: each statement of it sees what others have committed before it began. */
export async function inTransaction<Result>(pool: pg.Pool, work: (tx: Queryable) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let isBroken = false;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that cannot roll back must not go back into the pool with an open transaction.
    await client.query('ROLLBACK').catch(() => {
      isBroken = true;
    });
    throw error;
  } finally {
    client.release(isBroken);
  }
}
