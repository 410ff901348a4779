import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultProxy } from '../../../../../tools/src/testing/fault-proxy.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { PostgresListener } from './postgres-listener.js';

const APPLICATION_NAME = 'listener test';

describe('a PostgreSQL listener', () => {
  let database: TestDatabase;
  let listener: PostgresListener;
  let received: string[];
  let connects: number;

  const start = (channel: string, databaseUrl = database.url) => {
    listener = new PostgresListener({
      databaseUrl,
      applicationName: APPLICATION_NAME,
      channel,
      onNotification: (payload) => received.push(payload),
      onListening: () => connects++,
      retryDelayMs: 20,
    });
    listener.start();
  };
  const connections = async () => {
    const { rows } = await database.pool.query<{ pid: number; backend_start: Date }>(
      'SELECT pid, backend_start FROM pg_stat_activity WHERE application_name = $1 AND datname = current_database()',
      [APPLICATION_NAME],
    );
    return rows;
  };

  beforeEach(async () => {
    database = await createTestDatabase();
    received = [];
    connects = 0;
  });
  afterEach(async () => {
    await listener.stop();
    await database.drop();
  });

  it('receives notifications, reports each reconnect and receives again after it', async () => {
    start('news');
    await expect.poll(() => connects).toBe(1);
    await database.pool.query(`SELECT pg_notify('news', 'first')`);
    await expect.poll(() => received).toEqual(['first']);
    for (const { pid } of await connections()) await database.pool.query('SELECT pg_terminate_backend($1)', [pid]);
    await expect.poll(() => connects).toBe(2);
    await database.pool.query(`SELECT pg_notify('news', 'second')`);
    await expect.poll(() => received).toEqual(['first', 'second']);
    await listener.stop();
    await expect.poll(connections).toEqual([]);
  });

  it('R3: notices within seconds that the host of the database lost power, and receives again from a new host', async () => {
    const proxy = await FaultProxy.open(database.url);
    start('news', proxy.url);
    await expect.poll(() => connects).toBe(1);
    proxy.silence();
    proxy.forward();
    await expect.poll(() => connects, { timeout: 12_000 }).toBe(2);
    await database.pool.query(`SELECT pg_notify('news', 'from the new host')`);
    await expect.poll(() => received).toEqual(['from the new host']);

    proxy.silence();
    const stopping = performance.now();
    await listener.stop();
    expect(performance.now() - stopping).toBeLessThan(2_000);
    await proxy.close();
  });

  it('R12: leaves no connection behind when LISTEN fails', async () => {
    start('not a channel');
    const pids = new Set<number>();
    await expect
      .poll(
        async () => {
          const open = await connections();
          expect(open.length).toBeLessThanOrEqual(2);
          for (const { pid } of open) pids.add(pid);
          return pids.size;
        },
        { interval: 5, timeout: 10_000 },
      )
      .toBeGreaterThan(5);
    expect(connects).toBe(0);
  });
});
