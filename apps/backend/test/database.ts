import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

const TEMPLATE = 'mini_compete_template';

export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  drop(): Promise<void>;
}

let current: pg.Pool | undefined;

const own = new AsyncLocalStorage<pg.Pool>();

/** For tests that run at once in one file: what runs in here has this database, whatever the others have. */
export const withDatabase = <Result>({ pool }: TestDatabase, run: () => Promise<Result>): Promise<Result> =>
  own.run(pool, run);

/** The database of this test file, which the factories write to. */
export function testPool(): pg.Pool {
  const mine = own.getStore();
  if (mine !== undefined) return mine;
  if (current === undefined) throw new Error('No database yet: call createTestDatabase() or startApi() first.');
  return current;
}

/** A migrated, empty database of its own, cloned from the template. The factories write to the last one made. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 8 });
  pool.on('error', () => {});
  current = pool;
  return {
    url: url.href,
    pool,
    async drop() {
      if (current === pool) current = undefined;
      await pool.end();
      await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
