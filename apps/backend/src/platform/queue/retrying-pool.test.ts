import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/database.js';
import { retryingPool } from './retrying-pool.js';

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

it('answers late while the database is gone, so that nobody asks a thousand times a second', async () => {
  const gone = new URL(database.url);
  gone.pathname = '/there_is_no_such_database';
  const away = new pg.Pool({ connectionString: gone.href });
  const since = performance.now();
  await expect(retryingPool(away, () => false).query('SELECT 1')).rejects.toThrow();
  expect(performance.now() - since).toBeGreaterThan(200);
  await away.end();
});

it('is quick about a query that is wrong by itself', async () => {
  const patient = retryingPool(pool, () => false);
  await patient.query('SELECT 1');
  const since = performance.now();
  await expect(patient.query('SELECT nonsense')).rejects.toThrow();
  expect(performance.now() - since).toBeLessThan(200);
});

it('waits for a first connection instead of failing for good', async () => {
  const missing = new URL(database.url);
  missing.pathname = `${missing.pathname}_later`;
  const later = new pg.Pool({ connectionString: missing.href });
  const connecting = retryingPool(later, () => false).connect();
  await database.pool.query(`CREATE DATABASE ${missing.pathname.slice(1)}`);
  const client = await connecting;
  expect((await client.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  client.release();
  await later.end();
  await database.pool.query(`DROP DATABASE ${missing.pathname.slice(1)}`);
});
