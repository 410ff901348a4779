import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { createPool } from './pool.js';

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ databaseUrl: database.url, databasePoolSize: 4 }, 'test');
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: { type: 'minor' | 'major' }) => void;

const QUERIES = 150;
const READ_100_KB = `SELECT repeat('x', 1000) || n AS text FROM generate_series(1, 100) AS n`;

it('the rows of finished queries are freed without a full garbage collection', async () => {
  const client = await pool.connect();
  await client.query(READ_100_KB);
  collect({ type: 'major' });
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < QUERIES; n++) {
    await client.query(READ_100_KB);
    if (n % 5 === 0) collect({ type: 'minor' });
  }
  collect({ type: 'minor' });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan((QUERIES * 100_000) / 3);
  client.release();
});
