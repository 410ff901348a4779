import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { createTempFolder } from '../../../../../tools/src/testing/temp-folder.js';
import { migrate } from './migrate.js';
import { MIGRATIONS_FOLDER } from './migrations.js';

let url: string;
let folder: string;
let client: pg.Client;

function addMigration(name: string, sql: string): void {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

beforeEach(async () => {
  const database = new URL(inject('postgresUrl'));
  database.pathname = `/migrate_${randomBytes(6).toString('hex')}`;
  url = database.href;
  folder = createTempFolder('migrations');
  copyFileSync(join(MIGRATIONS_FOLDER, 'migration_lock.toml'), join(folder, 'migration_lock.toml'));
  addMigration('1_table', 'CREATE TABLE a (n int);');
  await migrate(url, folder);
  client = new pg.Client({ connectionString: url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  const server = new pg.Client({ connectionString: inject('postgresUrl') });
  await server.connect();
  await server.query(`DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
  await server.end();
  rmSync(folder, { recursive: true });
});

it('R2: a migration that times out waiting for a lock is tried again until it gets the lock', async () => {
  addMigration('2_locking', "SET LOCAL lock_timeout = '100ms'; ALTER TABLE a ADD COLUMN m int;");
  addMigration('3_after', 'CREATE TABLE b (n int);');
  await client.query('BEGIN; LOCK TABLE a IN ACCESS SHARE MODE');
  const migrated = migrate(url, folder);
  await pause(1_500);
  await client.query('COMMIT');
  expect(await migrated).toEqual(['2_locking', '3_after']);
  await client.query('SELECT m FROM a');
  expect(await migrate(url, folder)).toEqual([]);
});

it('R2: a migration that failed is applied by the next start', async () => {
  addMigration('2_failing', 'CREATE TABLE b (n int); SELECT n FROM c;');
  await expect(migrate(url, folder)).rejects.toThrow('could not be applied');
  await client.query('CREATE TABLE c (n int)');
  expect(await migrate(url, folder)).toEqual(['2_failing']);
});

it('R2: an index whose concurrent creation failed is created by the next start', async () => {
  addMigration('2_index', '-- Alone.\nCREATE UNIQUE INDEX CONCURRENTLY "a_by_n" ON a (n);');
  await client.query('INSERT INTO a VALUES (1), (1)');
  await expect(migrate(url, folder)).rejects.toThrow('could not be applied');
  await client.query('DELETE FROM a');
  expect(await migrate(url, folder)).toEqual(['2_index']);
  const { rows } = await client.query(`SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_by_n'::regclass`);
  expect(rows).toEqual([{ indisvalid: true }]);
});
