import pg from 'pg';
import { adapterFactory, createDatabase, parse } from '../../../prisma/engine/connections.mjs';
import { lastPanic, type MigrationsList, startEngine } from '../../../prisma/engine/wasm.mjs';
import { lockfile, MIGRATIONS_FOLDER, migrationNames, migrationSql } from './migrations.js';

/** Any number: servers that start at once take turns behind it. */
const LOCK = 5_460_021_177;

/**
 * Applies what is pending and returns its names. Prisma's own engine does it, so that
 * `prisma migrate status` and `deploy` agree with what is in `_prisma_migrations`.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const lock = await connect(databaseUrl);
  const { factory, disposeAll } = adapterFactory(databaseUrl);
  try {
    // Prisma's own lock gives up after ten seconds; the second of two servers has to wait for the first.
    await lock.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const engine = await startEngine(factory);
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: listMigrations(),
      filters: { externalTables: [], externalEnums: [] },
    });
    return appliedMigrationNames;
  } catch (error) {
    throw new Error(`The migrations could not be applied: ${lastPanic() ?? (error as Error).message}`, {
      cause: error,
    });
  } finally {
    await disposeAll();
    await lock.end();
  }
}

/** As `prisma migrate deploy` does, makes the database where there is none yet. */
async function connect(databaseUrl: string, mayCreate = true): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: parse(databaseUrl).connectionString });
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    if (!mayCreate || (error as { code?: string }).code !== '3D000') throw error;
  }
  await createDatabase(databaseUrl).catch((error: { code?: string }) => {
    if (error.code !== '42P04' && error.code !== '23505') throw error; // another server was quicker
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
