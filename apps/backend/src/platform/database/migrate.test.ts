import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { migrate } from './migrate.js';
import { migrationNames } from './migrations.js';

const url = new URL(inject('postgresUrl'));
const name = `migrate_${randomBytes(6).toString('hex')}`;
const server = new pg.Client({ connectionString: url.href });

beforeAll(async () => {
  await server.connect();
  url.pathname = `/${name}`;
});
afterAll(async () => {
  await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await server.end();
});

it('creates the database and applies each migration once when three servers start at the same time', async () => {
  const applied = await Promise.all([migrate(url.href), migrate(url.href), migrate(url.href)]);
  expect(applied.flat().sort()).toEqual(migrationNames());
  expect(await migrate(url.href)).toEqual([]);
});
