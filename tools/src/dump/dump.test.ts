import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Processes } from '../../launch/processes.mjs';
import type { CommandContext } from '../context.js';
import { type Cluster, startCluster } from '../postgres/cluster.js';
import { freePort } from '../stack/ports.js';
import { backup } from './backup.js';
import { restore } from './restore.js';
import { inOrder } from './schema.js';

const SCHEMA = `
  CREATE TABLE _prisma_migrations (migration_name text, checksum text, finished_at timestamptz, rolled_back_at timestamptz);
  INSERT INTO _prisma_migrations VALUES ('1_init', 'a', now(), NULL);
  CREATE TABLE people (id uuid PRIMARY KEY DEFAULT uuidv7(), name text NOT NULL, lower_name text GENERATED ALWAYS AS (lower(name)) STORED);
  -- Its name comes first, what it refers to last.
  CREATE TABLE acts (
    id bigserial PRIMARY KEY, person_id uuid NOT NULL REFERENCES people, before_id bigint REFERENCES acts,
    at timestamptz NOT NULL DEFAULT now(), details jsonb NOT NULL DEFAULT '{}', tags text[] NOT NULL DEFAULT '{}', hash bytea
  );
  CREATE TABLE "Told" (n int);
  CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO "Told" VALUES (1); RETURN NEW; END $$;
  CREATE TRIGGER told AFTER INSERT ON acts FOR EACH ROW EXECUTE FUNCTION tell();`;

const NASTY = ['tab\tin it', 'line\nbreak', '\\.', '\n\\.\n', '\\N', 'back\\slash', '', 'åß∂ 🏅', 'quote \' " ;'];

const tmp = mkdtempSync(join(realpathSync(tmpdir()), 'mini-compete-dump-'));
chmodSync(tmp, 0o755);
const processes = new Processes();
const file = join(tmp, 'a.gz');
const note = () => {};
let cluster: Cluster;
let count = 0;

async function withClient<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return act(client).finally(() => client.end());
}

async function aDatabase(): Promise<string> {
  const name = `dump_${++count}`;
  await withClient(cluster.url('postgres'), (client) => client.query(`CREATE DATABASE ${name}`));
  await withClient(cluster.url(name), (client) => client.query(SCHEMA));
  return cluster.url(name);
}

const contents = (url: string) =>
  withClient(url, async (client) => {
    const read = async (sql: string) => (await client.query(sql)).rows;
    return {
      people: await read('SELECT * FROM people ORDER BY id'),
      acts: await read('SELECT * FROM acts ORDER BY id'),
      told: await read('SELECT * FROM "Told"'),
    };
  });

let source: string;
beforeAll(async () => {
  cluster = await startCluster({ processes } as CommandContext, {
    ...{ folder: join(tmp, 'postgres'), password: 'dump', durable: false, log: join(tmp, 'log') },
    port: await freePort(),
  });
  source = await aDatabase();
  await withClient(source, async (client) => {
    await client.query('INSERT INTO people (name) SELECT unnest($1::text[])', [NASTY]);
    await client.query(
      `INSERT INTO acts (person_id, before_id, details, tags, hash)
       SELECT p.id, NULL, jsonb_build_object('name', p.name), ARRAY[p.name], sha256(p.name::bytea || n::text::bytea)
         FROM people p, generate_series(1, 3000) n WHERE p.name NOT LIKE '%\\\\%'`,
    );
    await client.query(
      'INSERT INTO acts (person_id, before_id) SELECT person_id, max(id) FROM acts GROUP BY person_id',
    );
  });
});
afterAll(async () => {
  await processes.endAll();
  rmSync(tmp, { recursive: true });
});

describe('backup and restore', () => {
  it('give back every byte, and go on counting where it stood', async () => {
    const rows = await backup(source, file, note);
    expect(rows).toMatchObject({ people: NASTY.length });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const target = await aDatabase();
    expect(await restore(target, { file, note })).toEqual(rows);
    expect(await contents(target)).toEqual(await contents(source));
    const next = (url: string) =>
      withClient(url, async (client) => (await client.query("SELECT nextval('acts_id_seq')::int AS n")).rows[0].n);
    expect(await next(target)).toBe(await next(source));
  });

  it('take one moment, while others go on writing', async () => {
    const url = await aDatabase();
    const pair =
      "WITH p AS (INSERT INTO people (name) VALUES ('busy') RETURNING id) INSERT INTO acts (person_id) SELECT id FROM p";
    let busy = true;
    const writing = withClient(url, async (client) => {
      while (busy) await client.query(pair);
    });
    const rows = await backup(url, join(tmp, 'busy.gz'), note);
    busy = false;
    await writing;
    expect(rows.acts).toBe(rows.people);
    await restore(await aDatabase(), { file: join(tmp, 'busy.gz'), note });
  });

  it('do not touch data, unless their database is named', async () => {
    const url = await aDatabase();
    const name = new URL(url).pathname.slice(1);
    await withClient(url, (client) => client.query("INSERT INTO people (name) VALUES ('here before')"));
    await expect(restore(url, { file, note })).rejects.toThrow(`--overwrite ${name}`);
    await expect(restore(url, { file, note, overwrite: 'another' })).rejects.toThrow(`--overwrite ${name}`);
    expect((await contents(url)).people).toMatchObject([{ name: 'here before' }]);
    await restore(url, { file, note, overwrite: name });
    expect(await contents(url)).toEqual(await contents(source));
  });

  it.each([
    ['half of it', (whole: Buffer) => whole.subarray(0, whole.length / 2), /damaged|not whole/],
    ['text without its end', (whole: Buffer) => gzipSync(gunzipSync(whole).subarray(0, -200)), /not whole|damaged/],
    [
      'a row that is missing',
      (whole: Buffer) =>
        gzipSync(
          gunzipSync(whole)
            .toString()
            .replace(/\n[^\n]*\n\\\./, '\n\\.'),
        ),
      /rows of/,
    ],
    ['something else', () => Buffer.from('hello'), /no backup/],
  ])('leave the database as it was after %s', async (_, damage, sentence) => {
    const url = await aDatabase();
    const damaged = join(tmp, 'damaged.gz');
    writeFileSync(damaged, damage(readFileSync(file)));
    await expect(restore(url, { file: damaged, note })).rejects.toThrow(sentence);
    expect((await contents(url)).people).toEqual([]);
  });

  it('refuse another shape of the database, and company', async () => {
    const url = await aDatabase();
    await withClient(url, async (client) => {
      await expect(restore(url, { file, note })).rejects.toThrow('still connected');
      await client.query("INSERT INTO _prisma_migrations VALUES ('2_later', 'b', now(), NULL)");
    });
    await expect(restore(url, { file, note })).rejects.toThrow('this database has 2 up to 2_later');
  });

  it('leave no half file behind', async () => {
    await expect(backup(cluster.url('postgres'), join(tmp, 'no-folder/b.gz'), note)).rejects.toThrow('ENOENT');
    expect(readdirSync(tmp).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('refuse tables that refer to each other in a circle, instead of trying for ever', () => {
    const tables = [
      { name: 'a', columns: [] },
      { name: 'b', columns: [] },
    ];
    expect(inOrder(tables, [{ from: 'a', to: 'b' }]).map(({ name }) => name)).toEqual(['b', 'a']);
    expect(() =>
      inOrder(tables, [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
      ]),
    ).toThrow('in a circle');
  });
});
