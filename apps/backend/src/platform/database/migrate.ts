import pg from 'pg';
import { createDatabase, lastPanic, type MigrationsList, openEngine } from '../../../prisma/wasm-engine.mjs';
import { lockfile, MIGRATIONS_FOLDER, migrationNames, migrationSql } from './migrations.js';

/** An arbitrary number: servers that start at the same time wait for each other with this lock. */
const ADVISORY_LOCK = 5_460_021_177;

/**
 * Applies pending migrations and returns their names. Prisma's own engine does it, so that `prisma migrate status` and
 * `deploy` agree with the rows of `_prisma_migrations`.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const lockClient = await connect(databaseUrl);
  try {
    // Prisma's own lock gives up after ten seconds, but the second of two servers has to wait for the first.
    await lockClient.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    return await applyMigrations(databaseUrl);
  } catch (error) {
    throw new Error(`The migrations could not be applied: ${lastPanic() ?? (error as Error).message}`, {
      cause: error,
    });
  } finally {
    await lockClient.end();
  }
}

async function applyMigrations(databaseUrl: string): Promise<string[]> {
  const { engine, close } = await openEngine(databaseUrl);
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: listMigrations(),
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } finally {
    await close();
  }
}

/** Creates the database when it is missing, as `prisma migrate deploy` does. */
async function connect(databaseUrl: string, mayCreate = true): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl });
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

function listMigrations(): MigrationsList {
  return {
    baseDir: MIGRATIONS_FOLDER,
    lockfile: { path: 'migration_lock.toml', content: lockfile() },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames().map((name) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: migrationSql(name) } },
    })),
  };
}
