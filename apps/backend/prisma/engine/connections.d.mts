export function parse(url: string): {
  connectionString: string;
  schema: string | undefined;
  database: string;
  host: string;
  port: string;
};
export function createDatabase(url: string): Promise<string>;
export function dropDatabase(url: string): Promise<void>;
export function adapterFactory(
  url: string,
  shadowDatabaseUrl?: string,
): { factory: unknown; disposeAll(): Promise<unknown> };
