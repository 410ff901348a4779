import type pg from 'pg';

export interface Table {
  readonly name: string;
  /** What is stored; generated columns come by themselves. */
  readonly columns: string[];
}

export interface Migration {
  readonly name: string;
  readonly checksum: string;
}

/** Prisma's own record of the migrations is part of the schema, not of the data. */
const RECORD = '_prisma_migrations';

/** Every table of the product, those that others refer to first. */
export async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const { rows: tables } = await client.query<Table>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> $1
      GROUP BY c.relname ORDER BY c.relname`,
    [RECORD],
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `SELECT DISTINCT a.relname AS "from", b.relname AS "to"
       FROM pg_constraint k JOIN pg_class a ON a.oid = k.conrelid JOIN pg_class b ON b.oid = k.confrelid
      WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND a.oid <> b.oid`,
  );
  return inOrder(tables, references);
}

export function inOrder(tables: Table[], references: { from: string; to: string }[]): Table[] {
  const left = new Map(tables.map((table) => [table.name, table]));
  const ordered: Table[] = [];
  while (left.size > 0) {
    const ready = [...left.values()].filter(
      ({ name }) => !references.some(({ from, to }) => from === name && left.has(to)),
    );
    if (ready.length === 0)
      throw new Error(`These tables refer to each other in a circle: ${[...left.keys()].join(', ')}`);
    for (const table of ready) left.delete(table.name);
    ordered.push(...ready);
  }
  return ordered;
}

export async function migrationsOf(client: pg.ClientBase): Promise<Migration[]> {
  const { rows: known } = await client.query(`SELECT to_regclass('public.${RECORD}') AS record`);
  if (known[0].record === null) return [];
  const { rows } = await client.query<Migration>(
    `SELECT migration_name AS name, checksum FROM ${RECORD}
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows;
}
