import type { ClientConfig } from 'pg';

export interface MigrationsList {
  baseDir: string;
  lockfile: { path: string; content: string | null };
  shadowDbInitScript: string;
  migrationDirectories: {
    path: string;
    migrationFile: { path: string; content: { tag: 'ok'; value: string } };
  }[];
}

interface SchemaEngine {
  applyMigrations(input: {
    migrationsList: MigrationsList;
    filters: { externalTables: string[]; externalEnums: string[] };
  }): Promise<{ appliedMigrationNames: string[] }>;
}

export function openEngine(
  url: string,
  datamodels: undefined,
  options: ClientConfig,
): Promise<{ engine: SchemaEngine; close(): Promise<unknown> }>;
export function createDatabase(url: string): Promise<void>;
export function lastPanic(): string | undefined;
