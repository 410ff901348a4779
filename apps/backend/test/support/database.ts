import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { withSessionSettings } from '../../src/platform/database/connection.js';

export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  drop(): Promise<void>;
}

let latest: pg.Pool | undefined;

const scoped = new AsyncLocalStorage<pg.Pool>();

/** For concurrent tests in one file: inside `run`, helpers use this database. */
export const withDatabase = <Result>(
  { pool }: Pick<TestDatabase, 'pool'>,
  run: () => Promise<Result>,
): Promise<Result> => scoped.run(pool, run);

/** The database that factories write to and queries read from: the one of `withDatabase`, else the last one created. */
export function testPool(): pg.Pool {
  const pool = scoped.getStore() ?? latest;
  if (pool === undefined) throw new Error('There is no database yet: call createTestDatabase() or startApi() first.');
  return pool;
}

/** Migrated and empty, cloned from the template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runOnServer(`CREATE DATABASE ${name} TEMPLATE ${inject('templateDatabase')}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  // Tests call functions and queries of the product with this pool, so its sessions are like those of the product.
  const pool = new pg.Pool({ connectionString: withSessionSettings(url.href), max: 8 });
  pool.on('error', () => {});
  latest = pool;
  return {
    url: url.href,
    pool,
    async drop() {
      if (latest === pool) latest = undefined;
      await pool.end();
      await runOnServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function runOnServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
