import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The same relative path from `src` and from `dist`. */
export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/** The migrations that this release contains, in order. */
export const migrationNames = (): string[] =>
  readdirSync(MIGRATIONS_FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

export const migrationSql = (name: string): string =>
  readFileSync(join(MIGRATIONS_FOLDER, name, 'migration.sql'), 'utf8');

export const lockfile = (): string => readFileSync(join(MIGRATIONS_FOLDER, 'migration_lock.toml'), 'utf8');
