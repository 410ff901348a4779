import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Postgres } from '../testing/postgres.js';
import { applyMigrations, compareFunctions } from './functions.js';

const prisma = fileURLToPath(new URL('../../../apps/backend/prisma', import.meta.url));
let postgres: Postgres;
let client: pg.Client;
let folder: string;

beforeAll(async () => {
  postgres = await Postgres.start({ fsync: 'off' });
  client = new pg.Client({ connectionString: await postgres.createDatabase('functions') });
  await client.connect();
  await applyMigrations(client, join(prisma, 'migrations'));
});

afterAll(async () => {
  await client?.end();
  await postgres?.stop();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mini-compete-functions-'));
  cpSync(join(prisma, 'functions'), folder, { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true }));

function change(name: string, from: string, to: string): void {
  const file = join(folder, `${name}.sql`);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

const compare = () => compareFunctions(client, folder);

it('finds no difference between the files and the migrations', async () => {
  expect(await compare()).toEqual([]);
});

it('ignores the header and the format outside of the body', async () => {
  change('iso_instant', 'RETURNS text\nLANGUAGE sql', ' RETURNS   TEXT LANGUAGE SQL');
  change('promote_v1', '-- Promotes', '-- Another comment. Promotes');
  expect(await compare()).toEqual([]);
});

it('reports a difference inside a body, a comment included', async () => {
  change('promote_v1', 'ORDER BY admission\n', 'ORDER BY id\n');
  change('leave_v1', '-- 1. Lock.', '-- 1. Locks.');
  expect(await compare()).toEqual([
    expect.stringMatching(/^leave_v1\.sql: not what the migrations create\n.*-- 1\. Lock\.\n.*-- 1\. Locks\.$/),
    expect.stringMatching(/^promote_v1\.sql: not what the migrations create\n.*ORDER BY admission\n.*ORDER BY id$/),
  ]);
});

it('reports a difference outside of the body that PostgreSQL stores', async () => {
  change('register_v2', 'SET enable_seqscan = off', '');
  change('joined', 'IMMUTABLE', 'STABLE');
  expect(await compare()).toEqual([
    expect.stringContaining('joined.sql: not what'),
    expect.stringContaining('register_v2.sql: not what'),
  ]);
});

it('reports a missing file and a surplus one', async () => {
  rmSync(join(folder, 'leave_v1.sql'));
  writeFileSync(join(folder, 'leave_v9.sql'), 'CREATE FUNCTION leave_v9() RETURNS int LANGUAGE sql RETURN 9;');
  expect(await compare()).toEqual([
    'leave_v9.sql: no migration creates leave_v9()',
    'leave_v1.sql: missing, although the migrations create leave_v1()',
  ]);
});

it('reports a file that is empty, creates another function, or fails', async () => {
  writeFileSync(join(folder, 'iso_instant.sql'), '-- nothing\n');
  change('joined', 'joined(', 'joined2(');
  writeFileSync(join(folder, 'words_of.sql'), 'CREATE FUNCTION');
  expect(await compare()).toEqual([
    'iso_instant.sql: has to create iso_instant() and nothing else',
    'joined.sql: has to create joined() and nothing else',
    expect.stringContaining('words_of.sql: syntax error'),
  ]);
});
