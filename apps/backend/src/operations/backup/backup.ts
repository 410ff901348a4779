import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { COMMAND_CONNECTION } from '../../platform/database/connection.js';
import { END_OF_ROWS, FORMAT, type Header, type Saved, type TableHeader, type Trailer } from './format.js';
import { migrationsOf, tablesOf } from './schema.js';

/**
 * Writes all data as of one snapshot, while the product keeps running. The file gets its name when it is complete and
 * on disk, so an interrupted backup cannot be mistaken for a complete one.
 */
export async function backup(
  databaseUrl: string,
  file: string,
  note: (text: string) => void = () => {},
): Promise<Saved> {
  const client = new pg.Client({ connectionString: databaseUrl, ...COMMAND_CONNECTION });
  await client.connect();
  // A name of its own: a scheduled run that is started a second time must not write into the file of the first one.
  const unfinished = `${file}.${randomBytes(4).toString('hex')}.part`;
  const gzip = createGzip();
  try {
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const written = pipeline(gzip, createWriteStream(unfinished, { mode: 0o600 }));
    // Without the race, a backup whose file cannot be written would not end: writeAll would wait for "drain" forever.
    const saved = await Promise.race([writeAll(client, gzip, note), written.then(() => ({ at: '', rows: {} }))]);
    gzip.end();
    await written;
    await client.query('COMMIT');
    await flushToDisk(unfinished);
    await rename(unfinished, file);
    return saved;
  } catch (error) {
    gzip.destroy();
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function writeAll(client: pg.Client, out: NodeJS.WritableStream, note: (text: string) => void): Promise<Saved> {
  const write = async (chunk: string | Buffer) => {
    if (!out.write(chunk)) await once(out, 'drain'); // backpressure
  };
  const writeLine = (value: Header | TableHeader | Trailer) => write(`${JSON.stringify(value)}\n`);
  const { rows: clock } = await client.query<{ at: Date }>('SELECT now() AS at');
  const at = clock[0]?.at.toISOString() ?? '';
  await writeLine({ format: FORMAT, at, migrations: await migrationsOf(client) });
  const rows: Trailer['rows'] = {};
  for (const table of await tablesOf(client)) {
    note(table.name);
    await writeLine({ table });
    const columns = table.columns.map((column) => client.escapeIdentifier(column)).join(', ');
    const copy = client.query(copyTo(`COPY ${client.escapeIdentifier(table.name)} (${columns}) TO STDOUT`));
    for await (const chunk of copy) await write(chunk);
    rows[table.name] = copy.rowCount;
    await write(`${END_OF_ROWS}\n`);
  }
  await writeLine({ rows, sequences: await sequencesOf(client) });
  return { at, rows };
}

async function sequencesOf(client: pg.Client): Promise<Trailer['sequences']> {
  const { rows } = await client.query<{ name: string; value: string | null }>(
    `SELECT sequencename AS name, last_value::text AS value FROM pg_sequences WHERE schemaname = 'public'`,
  );
  return Object.fromEntries(rows.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])));
}

/** The original may be deleted right after the backup: a power failure must not lose both. */
async function flushToDisk(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
