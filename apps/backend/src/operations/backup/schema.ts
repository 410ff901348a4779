import type pg from 'pg';

export interface Table {
  readonly name: string;
  /** Without generated columns, which PostgreSQL computes again. */
  readonly columns: string[];
}

export interface Migration {
  readonly name: string;
  readonly checksum: string;
}

/** Part of the schema, not of the data: a restore must not change it. */
const MIGRATIONS_TABLE = '_prisma_migrations';

/** All tables of the product, in an order that satisfies the foreign keys. */
export async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const { rows: tables } = await client.query<Table>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> $1
      GROUP BY c.relname ORDER BY c.relname`,
    [MIGRATIONS_TABLE],
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `SELECT DISTINCT a.relname AS "from", b.relname AS "to"
       FROM pg_constraint k JOIN pg_class a ON a.oid = k.conrelid JOIN pg_class b ON b.oid = k.confrelid
      WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND a.oid <> b.oid`,
  );
  return sortByReferences(tables, references);
}

/** A topological sort: a table follows those that it references. */
export function sortByReferences(tables: Table[], references: { from: string; to: string }[]): Table[] {
  const remaining = new Map(tables.map((table) => [table.name, table]));
  const sorted: Table[] = [];
  while (remaining.size > 0) {
    const ready = [...remaining.values()].filter(
      ({ name }) => !references.some(({ from, to }) => from === name && remaining.has(to)),
    );
    if (ready.length === 0)
      throw new Error(`These tables have circular references: ${[...remaining.keys()].join(', ')}`);
    for (const table of ready) remaining.delete(table.name);
    sorted.push(...ready);
  }
  return sorted;
}

export async function migrationsOf(client: pg.ClientBase): Promise<Migration[]> {
  const { rows: found } = await client.query(`SELECT to_regclass('public.${MIGRATIONS_TABLE}') AS migrations`);
  if (found[0].migrations === null) return [];
  const { rows } = await client.query<Migration>(
    `SELECT migration_name AS name, checksum FROM ${MIGRATIONS_TABLE}
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows;
}
