import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { createDatabase, lastPanic, type MigrationsList, openEngine } from '../../../prisma/wasm-engine.mjs';
import { COMMAND_CONNECTION, withSessionSettings } from './connection.js';
import { lockfile, MIGRATIONS_FOLDER, migrationNames, migrationSql } from './migrations.js';
import { resetUnfinishedMigrations } from './unfinished-migrations.js';

/** An arbitrary number: servers that start at the same time wait for each other with this lock. */
const ADVISORY_LOCK = 5_460_021_177;
const LOCK_RETRY_MS = 200;
const MAX_ATTEMPTS = 20;
const ATTEMPT_RETRY_MS = 1_000;

/**
 * Applies pending migrations and returns their names. Prisma's own engine does it, so that `prisma migrate status` and
 * `deploy` agree with the rows of `_prisma_migrations`.
 */
export async function migrate(databaseUrl: string, folder = MIGRATIONS_FOLDER): Promise<string[]> {
  const url = withSessionSettings(databaseUrl);
  const lockClient = await connect(url);
  try {
    // Prisma's own lock gives up after ten seconds, but the second of two servers has to wait for the first.
    while (!(await tryLock(lockClient))) await pause(LOCK_RETRY_MS);
    return await applyWithRetries(lockClient, url, folder);
  } catch (error) {
    throw new Error(`The migrations could not be applied: ${lastPanic() ?? (error as Error).message}`, {
      cause: error,
    });
  } finally {
    await lockClient.end();
  }
}

/**
 * Polled: a statement that waits for the lock would hold a snapshot, CREATE INDEX CONCURRENTLY of the server that has the
 * lock waits for all snapshots, and so both servers would wait forever.
 */
async function tryLock(client: pg.Client): Promise<boolean> {
  const query = 'SELECT pg_try_advisory_lock($1) AS locked';
  const { rows } = await client.query<{ locked: boolean }>(query, [ADVISORY_LOCK]);
  return rows[0]?.locked === true;
}

/**
 * A migration with a lock_timeout gives up while a transaction uses its table: requests would wait behind it. So it is
 * tried again after a moment.
 */
async function applyWithRetries(lockClient: pg.Client, databaseUrl: string, folder: string): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    await resetUnfinishedMigrations(lockClient, folder);
    try {
      return await applyMigrations(databaseUrl, folder);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !/lock timeout/.test((error as Error).message)) throw error;
      await pause(ATTEMPT_RETRY_MS);
    }
  }
}

async function applyMigrations(databaseUrl: string, folder: string): Promise<string[]> {
  const { engine, close } = await openEngine(databaseUrl, undefined, COMMAND_CONNECTION);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: listMigrations(folder),
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } finally {
    await close();
  }
}

/** Creates the database when it is missing, as `prisma migrate deploy` does. */
async function connect(databaseUrl: string, mayCreate = true): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, ...COMMAND_CONNECTION });
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {}); // the error that counts is the one above
    if (!mayCreate || (error as { code?: string }).code !== '3D000') throw error;
  }
  await createDatabase(databaseUrl).catch((error: { code?: string }) => {
    // Another server has just created it.
    if (error.code !== '42P04' && error.code !== '23505') throw error;
  });
  return connect(databaseUrl, false);
}

function listMigrations(folder: string): MigrationsList {
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: lockfile(folder) },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames(folder).map((name) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: migrationSql(folder, name) } },
    })),
  };
}
