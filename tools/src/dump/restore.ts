import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Failure } from '../../launch/failure.mjs';
import { FORMAT, type Head, type Section, type Tail } from './format.js';
import { BackupReader } from './reader.js';
import { migrationsOf, type Table, tablesOf } from './schema.js';

export interface RestoreOptions {
  readonly file: string;
  /** The name of the database whose data may be thrown away, said by whoever runs this. */
  readonly overwrite?: string | undefined;
  readonly note: (text: string) => void;
}

/** All of it in one transaction: after a failure the database is as it was. */
export async function restore(databaseUrl: string, { file, overwrite, note }: RestoreOptions): Promise<Tail['rows']> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    const reader = new BackupReader(file);
    const head = (await reader.json()) as Head | undefined;
    if (head?.format !== FORMAT)
      throw new Failure('This is no backup of Mini Compete, or it was made by a later version.');
    await ensureSameSchema(client, head);
    await ensureAlone(client);
    const tables = await tablesOf(client);
    await makeEmpty(client, tables, overwrite);
    const rows = await readAll(client, reader, new Map(tables.map((table) => [table.name, table])), note);
    await client.query('COMMIT');
    return rows;
  } finally {
    await client.end(); // without a commit: as if nothing had been
  }
}

async function ensureSameSchema(client: pg.Client, { migrations }: Head): Promise<void> {
  const here = await migrationsOf(client);
  const text = (list: typeof here) => list.map(({ name, checksum }) => `${name} ${checksum}`).join('\n');
  if (text(here) === text(migrations)) return;
  throw new Failure(
    `The backup was made with ${migrations.length} migrations up to ${migrations.at(-1)?.name}, this database has ${here.length} up to ${here.at(-1)?.name ?? 'none'}. ` +
      'Restore with the version that made the backup, then upgrade.',
  );
}

/** A server or worker at work would write between the old data and the new. */
async function ensureAlone(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ others: number }>(
    `SELECT count(*)::int AS others FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );
  if (rows[0]?.others)
    throw new Failure(
      'Something is still connected to this database: stop the API, the workers and everything else first.',
    );
}

async function makeEmpty(client: pg.Client, tables: Table[], overwrite: string | undefined): Promise<void> {
  const names = tables.map(({ name }) => client.escapeIdentifier(name));
  await client.query(`LOCK TABLE ${names.join(', ')} IN ACCESS EXCLUSIVE MODE`);
  const { rows } = await client.query<{ database: string; filled: boolean }>(
    `SELECT current_database() AS database, ${names.map((name) => `EXISTS (SELECT FROM ${name})`).join(' OR ')} AS filled`,
  );
  const { database = '', filled } = rows[0] ?? {};
  if (!filled) return;
  if (overwrite !== database)
    throw new Failure(
      `The database ${database} holds data. To throw them away and put the backup in their place, say so by name: npm run restore -- FILE --overwrite ${database}`,
    );
  await client.query(`TRUNCATE ${names.join(', ')}`);
  // Jobs of the old data. What the new data still owe, the outbox hands to the queue again.
  await client.query('DROP SCHEMA IF EXISTS bullmq CASCADE');
}

async function readAll(
  client: pg.Client,
  reader: BackupReader,
  known: Map<string, Table>,
  note: (text: string) => void,
) {
  const counted: Tail['rows'] = {};
  for (;;) {
    const part = (await reader.json()) as Section | Tail | undefined;
    if (!part) throw new Failure('The backup has no end: it is not whole.');
    if ('rows' in part) {
      ensureCounts(part, counted);
      for (const [name, value] of Object.entries(part.sequences))
        await client.query('SELECT setval($1::regclass, $2)', [`public.${client.escapeIdentifier(name)}`, value]);
      return counted;
    }
    const { name, columns } = part.table;
    if (!known.has(name)) throw new Failure(`The backup holds a table that this version does not know: ${name}.`);
    note(name);
    const table = client.escapeIdentifier(name);
    // The rows are already what triggers would make of them.
    await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    const list = columns.map((column) => client.escapeIdentifier(column)).join(', ');
    const copy = client.query(copyFrom(`COPY ${table} (${list}) FROM STDIN`));
    await pipeline(Readable.from(reader.rows(), { objectMode: false }), copy);
    counted[name] = copy.rowCount;
    await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  }
}

function ensureCounts({ rows }: Tail, counted: Tail['rows']): void {
  for (const [name, count] of Object.entries(rows))
    if (counted[name] !== count)
      throw new Failure(`The backup says ${count} rows of ${name} and holds ${counted[name] ?? 0}.`);
}
