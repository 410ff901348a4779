import { setTimeout as pause } from 'node:timers/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FaultProxy } from '../../../../../tools/src/testing/fault-proxy.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { databaseFailure } from '../errors/database-errors.js';
import { PrismaClient } from './generated/client.js';
import { CHECK_AFTER_IDLE_MS, createPool } from './pool.js';

let database: TestDatabase;
let proxy: FaultProxy;
let pool: pg.Pool;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  proxy = await FaultProxy.open(database.url);
  pool = createPool({ databaseUrl: proxy.url, databasePoolSize: 4 }, 'test', { statement_timeout: 300 });
});
afterEach(async () => {
  await pool.end();
  await proxy.close();
});

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: unknown) => databaseFailure(error),
  );

describe('a database host that loses power', () => {
  it('R3: fails a statement as unavailable, and its connection is not used again', async () => {
    const client = await pool.connect();
    proxy.silence();
    const start = performance.now();
    expect(await failureOf(client.query('SELECT 1'))).toBe('unavailable');
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(await failureOf(client.query('SELECT 2'))).toBe('unavailable');
    expect(performance.now() - start).toBeLessThan(3_000);
    client.release();
    expect(pool.totalCount).toBe(0);
    proxy.forward();
    expect((await pool.query('SELECT 3 AS n')).rows).toEqual([{ n: 3 }]);
  });

  it('R3: fails a transaction of Prisma as unavailable, and its connection is not used again', async () => {
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
    const transaction = prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1`;
      proxy.silence();
      await tx.$queryRaw`SELECT 2`;
    });
    expect(await failureOf(transaction)).toBe('unavailable');
    expect(pool.totalCount).toBe(0);
    proxy.forward();
    expect(await prisma.$queryRaw`SELECT 3 AS n`).toEqual([{ n: 3 }]);
    await prisma.$disconnect();
  });

  it('R3: costs the first query after it a second, however many idle connections there were', async () => {
    const clients = await Promise.all([pool.connect(), pool.connect(), pool.connect(), pool.connect()]);
    for (const client of clients) client.release();
    await pause(CHECK_AFTER_IDLE_MS + 100);
    proxy.silence();
    proxy.forward();
    const start = performance.now();
    expect((await pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
    expect(performance.now() - start).toBeLessThan(3_000);
    const next = performance.now();
    await Promise.all(Array.from({ length: 20 }, () => pool.query('SELECT 1')));
    expect(performance.now() - next).toBeLessThan(1_000);
  });
});

it('a statement that the server ends is contention, and its connection stays', async () => {
  const client = await pool.connect();
  expect(await failureOf(client.query('SELECT pg_sleep(5)'))).toBe('contention');
  expect((await client.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  client.release();
  expect(pool.totalCount).toBe(1);
});
