import { testPool } from './database.js';

/**
 * Takes a protection out of a database function, in this test file's database only. A test of a protection that
 * cannot fail proves nothing: its twin runs with the protection taken away, and has to see the damage.
 */
export async function sabotage(
  functionName: string,
  ...[from, to]: [from: string | RegExp, to: string]
): Promise<void> {
  const { rows } = await testPool().query<{ source: string }>('SELECT pg_get_functiondef($1::regproc) AS source', [
    functionName,
  ]);
  const source = rows[0]?.source ?? '';
  const sabotaged = source.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'g'), to);
  if (sabotaged === source) throw new Error(`${functionName} has no ${from} to take away`);
  await testPool().query(sabotaged);
}

/**
 * Holds each statement that is about to insert there until `n` of them are at that point: what they have looked at
 * lies behind them, and nothing is committed yet. Without it, whether two meet would be a matter of luck.
 */
export async function meetBefore(table: 'registrations' | 'idempotency_records', n: number): Promise<void> {
  await testPool().query(`
    CREATE SEQUENCE arrived;
    CREATE FUNCTION meet() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM nextval('arrived');
      FOR round IN 1..100 LOOP
        EXIT WHEN (SELECT last_value FROM arrived) >= ${n};
        PERFORM pg_sleep(0.02);
      END LOOP;
      RETURN NULL;
    END $$;
    CREATE TRIGGER meet BEFORE INSERT ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION meet();`);
}
