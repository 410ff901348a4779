import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { END_OF_ROWS, FORMAT, type Head, type Section, type Tail } from './format.js';
import { migrationsOf, tablesOf } from './schema.js';

/** All data as of one moment, while the product goes on. Writes beside and renames: a file with that name is whole. */
export async function backup(databaseUrl: string, file: string, note: (text: string) => void): Promise<Tail['rows']> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const unfinished = `${file}.part`;
  const gzip = createGzip();
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const written = pipeline(gzip, createWriteStream(unfinished, { mode: 0o600 }));
    const rows = await Promise.race([writeAll(client, gzip, note), written.then(() => ({}))]);
    gzip.end();
    await written;
    await client.query('COMMIT');
    await toDisk(unfinished);
    await rename(unfinished, file);
    return rows;
  } catch (error) {
    gzip.destroy();
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function writeAll(client: pg.Client, out: NodeJS.WritableStream, note: (text: string) => void) {
  const line = async (value: Head | Section | Tail) => {
    if (!out.write(`${JSON.stringify(value)}\n`)) await once(out, 'drain');
  };
  const { rows: clock } = await client.query<{ at: Date }>('SELECT now() AS at');
  const at = clock[0]?.at.toISOString() ?? '';
  await line({ format: FORMAT, at, migrations: await migrationsOf(client) });
  const rows: Tail['rows'] = {};
  for (const table of await tablesOf(client)) {
    note(table.name);
    await line({ table });
    const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ');
    const copy = client.query(copyTo(`COPY ${client.escapeIdentifier(table.name)} (${columns}) TO STDOUT`));
    for await (const piece of copy) if (!out.write(piece)) await once(out, 'drain');
    rows[table.name] = copy.rowCount;
    out.write(`${END_OF_ROWS}\n`);
  }
  await line({ rows, sequences: await sequencesOf(client) });
  return rows;
}

async function sequencesOf(client: pg.Client): Promise<Tail['sequences']> {
  const { rows } = await client.query<{ name: string; value: string | null }>(
    `SELECT sequencename AS name, last_value::text AS value FROM pg_sequences WHERE schemaname = 'public'`,
  );
  return Object.fromEntries(rows.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])));
}

/** Somebody may delete the original right after. */
async function toDisk(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
