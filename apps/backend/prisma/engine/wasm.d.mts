export interface MigrationsList {
  baseDir: string;
  lockfile: { path: string; content: string | null };
  shadowDbInitScript: string;
  migrationDirectories: {
    path: string;
    migrationFile: { path: string; content: { tag: 'ok'; value: string } };
  }[];
}

export interface SchemaEngine {
  applyMigrations(input: {
    migrationsList: MigrationsList;
    filters: { externalTables: string[]; externalEnums: string[] };
  }): Promise<{ appliedMigrationNames: string[] }>;
}

export function lastPanic(): string | undefined;
export function engineVersion(): string;
export function startEngine(factory: unknown): Promise<SchemaEngine>;
