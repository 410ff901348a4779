import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { backup } from './backup.js';
import { restore } from './restore.js';
import { sortByReferences } from './schema.js';

const SCHEMA = `
  CREATE TABLE _prisma_migrations (migration_name text, checksum text, finished_at timestamptz, rolled_back_at timestamptz);
  INSERT INTO _prisma_migrations VALUES ('1_init', 'a', now(), NULL);
  CREATE TABLE people (id uuid PRIMARY KEY DEFAULT uuidv7(), name text NOT NULL, lower_name text GENERATED ALWAYS AS (lower(name)) STORED);
  -- Sorts before the table that it references.
  CREATE TABLE actions (
    id bigserial PRIMARY KEY, person_id uuid NOT NULL REFERENCES people, before_id bigint REFERENCES actions,
    at timestamptz NOT NULL DEFAULT now(), details jsonb NOT NULL DEFAULT '{}', tags text[] NOT NULL DEFAULT '{}', hash bytea
  );
  CREATE TABLE "Notified" (n int);
  CREATE FUNCTION record_notification() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO "Notified" VALUES (1); RETURN NEW; END $$;
  CREATE TRIGGER notify AFTER INSERT ON actions FOR EACH ROW EXECUTE FUNCTION record_notification();`;

const SPECIAL_NAMES = [
  'tab\tin it',
  'line\nbreak',
  '\\.',
  '\n\\.\n',
  '\\N',
  'back\\slash',
  '',
  'åß∂ 🏅',
  'quote \' " ;',
];

const tmp = mkdtempSync(join(tmpdir(), 'mini-compete-backup-'));
const file = join(tmp, 'a.gz');
const databases: string[] = [];

function urlOf(name: string): string {
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return url.href;
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return use(client).finally(() => client.end());
}

async function aDatabase(): Promise<string> {
  const name = `test_backup_${randomBytes(6).toString('hex')}`;
  await withClient(inject('postgresUrl'), (client) => client.query(`CREATE DATABASE ${name}`));
  databases.push(name);
  await withClient(urlOf(name), (client) => client.query(SCHEMA));
  return urlOf(name);
}

const contents = (url: string) =>
  withClient(url, async (client) => {
    const read = async (sql: string) => (await client.query(sql)).rows;
    return {
      people: await read('SELECT * FROM people ORDER BY id'),
      actions: await read('SELECT * FROM actions ORDER BY id'),
      notified: await read('SELECT * FROM "Notified"'),
    };
  });

let source: string;
beforeAll(async () => {
  source = await aDatabase();
  await withClient(source, async (client) => {
    await client.query('INSERT INTO people (name) SELECT unnest($1::text[])', [SPECIAL_NAMES]);
    await client.query(
      `INSERT INTO actions (person_id, before_id, details, tags, hash)
       SELECT p.id, NULL, jsonb_build_object('name', p.name), ARRAY[p.name], sha256(p.name::bytea || n::text::bytea)
         FROM people p, generate_series(1, 1000) n WHERE p.name NOT LIKE '%\\\\%'`,
    );
    await client.query(
      'INSERT INTO actions (person_id, before_id) SELECT person_id, max(id) FROM actions GROUP BY person_id',
    );
  });
});
afterAll(async () => {
  await withClient(inject('postgresUrl'), async (client) => {
    for (const name of databases) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  rmSync(tmp, { recursive: true });
});

describe('backup and restore', () => {
  it('restore every byte and the state of the sequences', async () => {
    const saved = await backup(source, file);
    expect(saved.rows).toMatchObject({ people: SPECIAL_NAMES.length });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const target = await aDatabase();
    expect(await restore(target, { file })).toEqual(saved);
    expect(await contents(target)).toEqual(await contents(source));
    const next = (url: string) =>
      withClient(url, async (client) => (await client.query("SELECT nextval('actions_id_seq')::int AS n")).rows[0].n);
    expect(await next(target)).toBe(await next(source));
  });

  it('save one snapshot while other transactions write', async () => {
    const url = await aDatabase();
    const pair =
      "WITH p AS (INSERT INTO people (name) VALUES ('busy') RETURNING id) INSERT INTO actions (person_id) SELECT id FROM p";
    let busy = true;
    const writing = withClient(url, async (client) => {
      while (busy) await client.query(pair);
    });
    const { rows } = await backup(url, join(tmp, 'busy.gz'));
    busy = false;
    await writing;
    expect(rows.actions).toBe(rows.people);
    await restore(await aDatabase(), { file: join(tmp, 'busy.gz') });
  });

  it('replace existing data only if the user names the database', async () => {
    const url = await aDatabase();
    const name = new URL(url).pathname.slice(1);
    await withClient(url, (client) => client.query("INSERT INTO people (name) VALUES ('existing')"));
    await expect(restore(url, { file })).rejects.toThrow(`--overwrite ${name}`);
    await expect(restore(url, { file, overwrite: 'another' })).rejects.toThrow(`--overwrite ${name}`);
    expect((await contents(url)).people).toMatchObject([{ name: 'existing' }]);
    await restore(url, { file, overwrite: name });
    expect(await contents(url)).toEqual(await contents(source));
  });

  it.each([
    ['the first half', (whole: Buffer) => whole.subarray(0, whole.length / 2), /damaged|incomplete/],
    ['text without its end', (whole: Buffer) => gzipSync(gunzipSync(whole).subarray(0, -200)), /incomplete|damaged/],
    [
      'a missing row',
      (whole: Buffer) =>
        gzipSync(
          gunzipSync(whole)
            .toString()
            .replace(/\n[^\n]*\n\\\./, '\n\\.'),
        ),
      /of \d+ rows of/,
    ],
    ['another kind of file', () => Buffer.from('hello'), /not a backup/],
  ])('leave the database unchanged when the backup is damaged: %s', async (_, damage, message) => {
    const url = await aDatabase();
    const damaged = join(tmp, 'damaged.gz');
    writeFileSync(damaged, damage(readFileSync(file)));
    await expect(restore(url, { file: damaged })).rejects.toThrow(message);
    expect((await contents(url)).people).toEqual([]);
  });

  it('reject a database with another schema, and one with other connections', async () => {
    const url = await aDatabase();
    await withClient(url, async (client) => {
      await expect(restore(url, { file })).rejects.toThrow('Other programs are connected');
      await client.query("INSERT INTO _prisma_migrations VALUES ('2_later', 'b', now(), NULL)");
    });
    await expect(restore(url, { file })).rejects.toThrow('this database has 2 up to 2_later');
  });

  it('leave no incomplete file after a failure', async () => {
    await expect(backup(source, join(tmp, 'no-folder/b.gz'))).rejects.toThrow('ENOENT');
    expect(readdirSync(tmp).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('reject circular references between tables instead of looping forever', () => {
    const tables = [
      { name: 'a', columns: [] },
      { name: 'b', columns: [] },
    ];
    expect(sortByReferences(tables, [{ from: 'a', to: 'b' }]).map(({ name }) => name)).toEqual(['b', 'a']);
    expect(() =>
      sortByReferences(tables, [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
      ]),
    ).toThrow('circular references');
  });
});
