import { onTestFinished } from 'vitest';
import { testPool } from './database.js';

export interface HeldLock {
  /** In the transaction that holds the lock. */
  query(text: string, values?: readonly unknown[]): Promise<unknown>;
  /** Commits. */
  release(): Promise<void>;
}

interface Row {
  readonly id: string;
}

type Strength = 'FOR NO KEY UPDATE' | 'FOR UPDATE';

/**
 * Locks the row of a competition until the lock is released. Not in a connection of the product's pool: PostgreSQL ends
 * its transactions that have been idle for 5 s, so that on a busy machine the lock would vanish in the middle of a test.
 */
export const lockCompetition = ({ id }: Row, strength: Strength = 'FOR NO KEY UPDATE') =>
  lockRow('competitions', id, strength);

/** As `lockCompetition`. */
export const lockRegistration = ({ id }: Row) => lockRow('registrations', id, 'FOR NO KEY UPDATE');

async function lockRow(table: string, id: string, strength: Strength): Promise<HeldLock> {
  const client = await testPool().connect();
  let isHeld = true;
  const end = async (statement: 'COMMIT' | 'ROLLBACK') => {
    if (!isHeld) return;
    isHeld = false;
    await client.query(statement);
    client.release();
  };
  // The pool of a failed test would wait for this connection until the time limit of the hook.
  onTestFinished(() => end('ROLLBACK'));
  await client.query('BEGIN');
  await client.query(`SELECT FROM ${table} WHERE id = $1 ${strength}`, [id]);
  return { query: (text, values = []) => client.query(text, [...values]), release: () => end('COMMIT') };
}
