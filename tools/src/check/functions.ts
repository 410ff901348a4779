import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

/** Excludes the functions of extensions, which are in the same schema. */
const FUNCTIONS = `
  SELECT p.proname AS name, pg_get_functiondef(p.oid) AS definition
  FROM pg_proc p
  WHERE p.pronamespace = $1::regnamespace AND p.prokind IN ('f', 'p')
    AND NOT EXISTS (
      SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
    )
  ORDER BY p.proname`;

interface SqlFunction {
  name: string;
  definition: string;
}

/**
 * Compares the files <name>.sql in `folder` with the functions in the database. PostgreSQL prints both definitions, so
 * only the text inside $$ has to be the same byte for byte. Returns the problems.
 */
export async function compareFunctions(client: pg.Client, folder: string): Promise<string[]> {
  const { rows: migrated } = await client.query<SqlFunction>(FUNCTIONS, ['public']);
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  const problems: string[] = [];
  for (const file of files) {
    const name = file.replace(/\.sql$/, '');
    const problem = await compareFile(client, name, readFileSync(join(folder, file), 'utf8'), migrated);
    if (problem) problems.push(`${file}: ${problem}`);
  }
  const missing = migrated.filter(({ name }) => !files.includes(`${name}.sql`));
  return [...problems, ...missing.map(({ name }) => `${name}.sql: missing, although the migrations create ${name}()`)];
}

async function compareFile(client: pg.Client, name: string, sql: string, migrated: SqlFunction[]) {
  const versions = migrated.filter((one) => one.name === name);
  if (versions.length === 0) return `no migration creates ${name}()`;
  if (versions.length > 1) return `the migrations create ${versions.length} functions of this name`;
  let created: SqlFunction[];
  await client.query('BEGIN');
  try {
    // A schema before public in the search path: the file's function is created there and does not replace the migrated one.
    await client.query('CREATE SCHEMA from_file');
    await client.query('SET LOCAL search_path = from_file, public');
    await client.query(sql);
    created = (await client.query<SqlFunction>(FUNCTIONS, ['from_file'])).rows;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await client.query('ROLLBACK');
  }
  const [only] = created;
  if (only === undefined || created.length > 1 || only.name !== name) return `has to create ${name}() and nothing else`;
  const expected = (versions[0] as SqlFunction).definition.split('\n');
  const actual = only.definition.replace(`FUNCTION from_file.`, 'FUNCTION public.').split('\n');
  const line = expected.findIndex((text, i) => text !== actual[i]);
  if (line < 0 && actual.length === expected.length) return;
  const at = line < 0 ? expected.length : line;
  return `not what the migrations create\n  migrations: ${expected[at] ?? ''}\n  file:       ${actual[at] ?? ''}`;
}

/** Applies the migrations in the order in which Prisma applies them. */
export async function applyMigrations(client: pg.Client, folder: string): Promise<void> {
  const entries = readdirSync(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  for (const name of names.sort()) await client.query(readFileSync(join(folder, name, 'migration.sql'), 'utf8'));
}
