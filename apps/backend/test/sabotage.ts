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
