import pg from 'pg';
import { migrationNames, migrationSql } from './migrations.js';

const INDEX = /^\s*CREATE (?:UNIQUE )?INDEX CONCURRENTLY (?:IF NOT EXISTS )?"?(\w+)"?/im;

/**
 * Without this, the engine refuses every migration after one that failed or was interrupted. Applying it again is safe,
 * because PostgreSQL runs a migration as one transaction. Only CREATE INDEX CONCURRENTLY is none: it leaves an invalid
 * index behind, which has to be dropped. The caller holds the lock of migrate.ts, so no migration is running.
 */
export async function resetUnfinishedMigrations(client: pg.Client, folder: string): Promise<void> {
  const exists = await client.query(`SELECT FROM pg_tables WHERE tablename = '_prisma_migrations'`);
  if (exists.rowCount === 0) return;
  const { rows } = await client.query<{ id: string; name: string }>(
    `SELECT id, migration_name AS name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
  );
  for (const { id, name } of rows) {
    const index = migrationNames(folder).includes(name) ? INDEX.exec(migrationSql(folder, name))?.[1] : undefined;
    if (index) await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${pg.escapeIdentifier(index)}`);
    await client.query('UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = $1', [id]);
  }
}
