import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { RetryingBullMqPool } from './bullmq-pool.js';

let database: TestDatabase;
let pool: pg.Pool;
beforeEach(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.url });
  pool.on('error', () => {});
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

it('delays the error of a query while the database is gone, so that a worker does not retry a thousand times a second', async () => {
  const gone = new URL(database.url);
  gone.pathname = '/there_is_no_such_database';
  const gonePool = new pg.Pool({ connectionString: gone.href });
  const start = performance.now();
  await expect(new RetryingBullMqPool(gonePool, () => false).query('SELECT 1')).rejects.toThrow();
  expect(performance.now() - start).toBeGreaterThan(200);
  await gonePool.end();
});

it('rejects an invalid query without a delay', async () => {
  const retrying = new RetryingBullMqPool(pool, () => false);
  await retrying.query('SELECT 1');
  const start = performance.now();
  await expect(retrying.query('SELECT nonsense')).rejects.toThrow();
  expect(performance.now() - start).toBeLessThan(200);
});

it('retries the first connection until the database exists', async () => {
  const missing = new URL(database.url);
  missing.pathname = `${missing.pathname}_later`;
  const later = new pg.Pool({ connectionString: missing.href });
  const connecting = new RetryingBullMqPool(later, () => false).connect();
  await database.pool.query(`CREATE DATABASE ${missing.pathname.slice(1)}`);
  const client = await connecting;
  expect((await client.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  client.release();
  await later.end();
  await database.pool.query(`DROP DATABASE ${missing.pathname.slice(1)}`);
});
