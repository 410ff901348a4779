import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The same relative path from `src` and from `dist`. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/** In order. By default those that this release contains. */
export const migrationNames = (folder = MIGRATIONS_FOLDER): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

export const migrationSql = (folder: string, name: string): string =>
  readFileSync(join(folder, name, 'migration.sql'), 'utf8');

export const lockfile = (folder: string): string => readFileSync(join(folder, 'migration_lock.toml'), 'utf8');
