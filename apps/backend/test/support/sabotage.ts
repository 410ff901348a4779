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
