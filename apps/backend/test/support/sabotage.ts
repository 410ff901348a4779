import pg from 'pg';
import { expect, vi } from 'vitest';
import { testPool } from './database.js';

/**
 * Removes a protection from a database function, in the database of this test file. A test that passes without the
 * protection proves nothing, so each protection has a second test that removes it and expects the damage.
 */
export async function sabotage(functionName: string, from: string | RegExp, to: string): Promise<void> {
  const { rows } = await testPool().query<{ source: string }>('SELECT pg_get_functiondef($1::regproc) AS source', [
    functionName,
  ]);
  const source = rows[0]?.source ?? '';
  const sabotaged = source.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'g'), to);
  if (sabotaged === source) throw new Error(`${functionName} does not contain ${from}`);
  await testPool().query(sabotaged);
}

/**
 * A barrier: statements that are about to insert into the table wait until `n` of them have arrived. By then each has
 * read its data and none has committed. Without the barrier, the race would happen only by chance.
 */
export async function addBarrierBefore(table: 'registrations' | 'idempotency_records', n: number): Promise<void> {
  await testPool().query(`
    CREATE SEQUENCE arrived;
    CREATE FUNCTION wait_at_barrier() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM nextval('arrived');
      FOR round IN 1..100 LOOP
        EXIT WHEN (SELECT last_value FROM arrived) >= ${n};
        PERFORM pg_sleep(0.02);
      END LOOP;
      RETURN NULL;
    END $$;
    CREATE TRIGGER barrier BEFORE INSERT ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION wait_at_barrier();`);
}

/** Changes statements on their way to the database, to remove a protection that is in one. Ends with `vi.restoreAllMocks()`. */
export function rewriteStatements(rewrite: (text: string, name: string | undefined) => string): void {
  const { query } = pg.Client.prototype;
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, config: unknown, ...rest) {
    if (typeof config === 'string') return Reflect.apply(query, this, [rewrite(config, undefined), ...rest]);
    if (typeof config !== 'object' || config === null || !('text' in config) || 'submit' in config)
      return Reflect.apply(query, this, [config, ...rest]);
    const { text, name } = config as { text: string; name?: string };
    const rewritten = rewrite(text, name);
    // A connection that has prepared the original under this name would refuse another text.
    const changed = rewritten === text ? {} : { text: rewritten, name: undefined };
    return Reflect.apply(query, this, [{ ...config, ...changed }, ...rest]);
  });
}

/** Removes the lock of the competition's row. */
export const withoutRowLock = () => rewriteStatements((text) => text.replace('FOR NO KEY UPDATE', ''));

/**
 * Without the unique key of messages, a job that runs twice may write its messages twice. `rewrite` removes what else
 * prevents it. Afterwards the key is there again, and of two messages the first remains.
 */
export async function withoutKeyOfMessages<Result>(
  act: () => Promise<Result>,
  rewrite: (text: string) => string = (text) => text,
): Promise<Result> {
  const pool = testPool();
  const { rows } = await pool.query<{ sql: string }>(
    `SELECT pg_get_indexdef('one_message_per_occurrence'::regclass) AS sql`,
  );
  await pool.query('DROP INDEX one_message_per_occurrence');
  rewriteStatements((text) =>
    rewrite(text.replace('ON CONFLICT (user_id, kind, about_id, occurrence) DO NOTHING', '')),
  );
  try {
    return await act();
  } finally {
    vi.restoreAllMocks();
    await pool.query(
      `DELETE FROM mailbox_messages m USING mailbox_messages first
       WHERE first.id < m.id AND (first.user_id, first.kind, first.about_id, first.occurrence)
         = (m.user_id, m.kind, m.about_id, m.occurrence)`,
    );
    await pool.query(rows[0]?.sql ?? '');
  }
}

/** Stops each such change between its read and its commit, until the returned function is called. */
export async function holdBefore(event: 'INSERT' | 'UPDATE' | 'DELETE', table: string): Promise<() => Promise<void>> {
  await testPool().query(`
    CREATE FUNCTION hold_change() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN PERFORM pg_advisory_xact_lock_shared(1); RETURN coalesce(NEW, OLD); END $$;
    CREATE TRIGGER hold_change BEFORE ${event} ON ${table} FOR EACH ROW EXECUTE FUNCTION hold_change();`);
  const client = await testPool().connect();
  await client.query('SELECT pg_advisory_lock(1)');
  return async () => {
    await client.query('SELECT pg_advisory_unlock(1)');
    client.release();
  };
}

/**
 * Waits until `n` statements wait for a held change, or for a row that such a change has locked: the first of them for the
 * transaction that has locked it, the others for the row.
 */
export const untilWaiting = (what: 'advisory' | 'transactionid' | 'tuple', n = 1) =>
  vi.waitFor(async () => {
    const { rowCount } = await testPool().query(
      'SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = $1',
      [what],
    );
    expect(rowCount).toBe(n);
  }, 10_000);
