import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { COMMAND_CONNECTION } from '../../platform/database/connection.js';
import { OperatorError } from '../../platform/errors/operator-error.js';
import { BackupReader, FORMAT, type Header, type Saved, type TableHeader, type Trailer } from './format.js';
import { migrationsOf, type Table, tablesOf } from './schema.js';

export interface RestoreOptions {
  readonly file: string;
  /** The name of the database whose data the user allows to delete. */
  readonly overwrite?: string | undefined;
  readonly note?: ((text: string) => void) | undefined;
}

/** Restores in one transaction: after a failure the database is unchanged. */
export async function restore(databaseUrl: string, { file, overwrite, note }: RestoreOptions): Promise<Saved> {
  const client = new pg.Client({ connectionString: databaseUrl, ...COMMAND_CONNECTION });
  await client.connect();
  try {
    await client.query('BEGIN');
    const reader = new BackupReader(file);
    const header = (await reader.json()) as Header | undefined;
    if (header?.format !== FORMAT)
      throw new OperatorError('This is not a backup of Mini Compete, or a later version made it.');
    await ensureSameSchema(client, header);
    await ensureNoOtherConnections(client);
    const tables = await tablesOf(client);
    await ensureEmpty(client, tables, overwrite);
    const rows = await readAll(client, reader, new Set(tables.map(({ name }) => name)), note);
    await client.query('COMMIT');
    // Without statistics, the first queries on the restored tables would get plans for empty ones.
    await client.query('ANALYZE');
    return { at: header.at, rows };
  } finally {
    await client.end(); // rolls back what is not committed
  }
}

async function ensureSameSchema(client: pg.Client, { migrations }: Header): Promise<void> {
  const current = await migrationsOf(client);
  const text = (list: typeof current) => list.map(({ name, checksum }) => `${name} ${checksum}`).join('\n');
  if (text(current) === text(migrations)) return;
  throw new OperatorError(
    `The backup has ${migrations.length} migrations up to ${migrations.at(-1)?.name}, this database has ${current.length} up to ${current.at(-1)?.name ?? 'none'}. ` +
      'Restore it with the version of Mini Compete that made it, then upgrade.',
  );
}

/** A running API or worker would mix old data into the restored data. */
async function ensureNoOtherConnections(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ others: number }>(
    `SELECT count(*)::int AS others FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );
  if (rows[0]?.others)
    throw new OperatorError(
      'Other programs are connected to this database. Stop the API, the workers and everything else that uses it first.',
    );
}

/** Deletes the data if the user has allowed it for this database. */
async function ensureEmpty(client: pg.Client, tables: Table[], overwrite: string | undefined): Promise<void> {
  const names = tables.map(({ name }) => client.escapeIdentifier(name));
  await client.query(`LOCK TABLE ${names.join(', ')} IN ACCESS EXCLUSIVE MODE`);
  const { rows } = await client.query<{ database: string; hasData: boolean }>(
    `SELECT current_database() AS database, ${names.map((name) => `EXISTS (SELECT FROM ${name})`).join(' OR ')} AS "hasData"`,
  );
  const { database = '', hasData } = rows[0] ?? {};
  if (!hasData) return;
  if (overwrite !== database)
    throw new OperatorError(
      `The database ${database} contains data. To replace it with the backup, name the database: restore FILE --overwrite ${database}`,
    );
  await client.query(`TRUNCATE ${names.join(', ')}`);
  // The queue contains jobs of the deleted data. The relay dispatches the unsettled rows of the restored outbox again.
  await client.query('DROP SCHEMA IF EXISTS bullmq CASCADE');
}

async function readAll(client: pg.Client, reader: BackupReader, tables: Set<string>, note: RestoreOptions['note']) {
  const counted: Trailer['rows'] = {};
  for (;;) {
    const part = (await reader.json()) as TableHeader | Trailer | undefined;
    if (!part) throw new OperatorError('The backup is incomplete: its end is missing.');
    if ('rows' in part) {
      ensureCounts(part, counted);
      for (const [name, value] of Object.entries(part.sequences))
        await client.query('SELECT setval($1::regclass, $2)', [`public.${client.escapeIdentifier(name)}`, value]);
      return counted;
    }
    const { name, columns } = part.table;
    if (!tables.has(name)) throw new OperatorError(`The backup contains an unknown table: ${name}.`);
    note?.(name);
    const table = client.escapeIdentifier(name);
    // Triggers have run when the rows were first written: here they would change or duplicate data.
    await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
    const copy = client.query(copyFrom(`COPY ${table} (${list}) FROM STDIN`));
    await pipeline(Readable.from(reader.rows(), { objectMode: false }), copy);
    counted[name] = copy.rowCount;
    await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  }
}

function ensureCounts({ rows }: Trailer, counted: Trailer['rows']): void {
  for (const [name, count] of Object.entries(rows))
    if (counted[name] !== count)
      throw new OperatorError(`The backup is damaged: it contains ${counted[name] ?? 0} of ${count} rows of ${name}.`);
}
