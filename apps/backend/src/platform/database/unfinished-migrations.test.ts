import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, it, vi } from 'vitest';
import { migrate } from './migrate.js';

const planted = vi.hoisted(() => ({ migrations: {} as Record<string, string> }));
vi.mock('./migrations.js', async (original) => ({
  ...(await original<typeof import('./migrations.js')>()),
  migrationNames: () => Object.keys(planted.migrations),
  migrationSql: (name: string) => planted.migrations[name],
}));

let url: string;
let client: pg.Client;

beforeEach(async () => {
  const database = new URL(inject('postgresUrl'));
  database.pathname = `/migrate_${randomBytes(6).toString('hex')}`;
  url = database.href;
  planted.migrations = { '1_table': 'CREATE TABLE a (n int);' };
  await migrate(url);
  client = new pg.Client({ connectionString: url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  const server = new pg.Client({ connectionString: inject('postgresUrl') });
  await server.connect();
  await server.query(`DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
  await server.end();
});

it('R2: a migration that times out waiting for a lock is tried again until it gets the lock', async () => {
  planted.migrations['2_locking'] = "SET LOCAL lock_timeout = '100ms'; ALTER TABLE a ADD COLUMN m int;";
  planted.migrations['3_after'] = 'CREATE TABLE b (n int);';
  await client.query('BEGIN; LOCK TABLE a IN ACCESS SHARE MODE');
  const migrated = migrate(url);
  await pause(1_500);
  await client.query('COMMIT');
  expect(await migrated).toEqual(['2_locking', '3_after']);
  await client.query('SELECT m FROM a');
  expect(await migrate(url)).toEqual([]);
});

it('R2: a migration that failed is applied by the next start', async () => {
  planted.migrations['2_failing'] = 'CREATE TABLE b (n int); SELECT n FROM c;';
  await expect(migrate(url)).rejects.toThrow('could not be applied');
  await client.query('CREATE TABLE c (n int)');
  expect(await migrate(url)).toEqual(['2_failing']);
});

it('R2: an index whose concurrent creation failed is created by the next start', async () => {
  planted.migrations['2_index'] = '-- Alone.\nCREATE UNIQUE INDEX CONCURRENTLY "a_by_n" ON a (n);';
  await client.query('INSERT INTO a VALUES (1), (1)');
  await expect(migrate(url)).rejects.toThrow('could not be applied');
  await client.query('DELETE FROM a');
  expect(await migrate(url)).toEqual(['2_index']);
  const { rows } = await client.query(`SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_by_n'::regclass`);
  expect(rows).toEqual([{ indisvalid: true }]);
});
