import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { checkMigration, checkMigrations } from './migrations.js';
import { LANDED } from './migrations.rules.js';

const problems = (sql: string) => checkMigration(sql).map(({ line, text }) => `${line} ${text}`);
const LOCK_TIMEOUT = "SET LOCAL lock_timeout = '2s';\n";

it('R2: the migrations of this repository keep the rules', () => {
  const folder = fileURLToPath(new URL('../../../apps/backend/prisma/migrations', import.meta.url));
  expect(checkMigrations(folder).problems).toEqual([]);
});

it('R2: a new migration like words_of_competitions is refused', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mini-compete-migrations-'));
  for (const name of ['20300101000000_new', ...Object.keys(LANDED)]) {
    mkdirSync(join(folder, name));
    writeFileSync(
      join(folder, name, 'migration.sql'),
      `CREATE TABLE "words" ("id" UUID NOT NULL);
-- The long part follows; a comment may have a ; in it.
DROP INDEX "by_words";
INSERT INTO words SELECT id FROM competitions;
CREATE INDEX "by_words" ON "words" (id);`,
    );
  }
  const result = checkMigrations(folder);
  rmSync(folder, { recursive: true });
  expect(result.files).toBe(1);
  expect(result.problems).toEqual([
    expect.stringMatching(/^20300101000000_new\/migration\.sql:3 DROP INDEX by_words: all reads and writes wait/),
    expect.stringMatching(/migration\.sql:3 DROP INDEX by_words: .*lock_timeout/),
    expect.stringMatching(/migration\.sql:4 INSERT INTO words SELECT id FROM competitions: takes long/),
  ]);
});

it.each([
  ['an index without CONCURRENTLY', 'CREATE UNIQUE INDEX "i" ON "users" ("name");', /all writes wait/],
  ['dropping an index without CONCURRENTLY', 'DROP INDEX IF EXISTS i;', /all reads and writes wait/],
  ['REINDEX', 'REINDEX TABLE users;', /all reads and writes wait/],
  ['LOCK TABLE', 'LOCK TABLE users IN SHARE MODE;', /all reads and writes wait/],
  ['a default that differs per row', 'ALTER TABLE users ADD COLUMN n uuid DEFAULT (uuidv7());', /differs per row/],
  ['a serial column', 'ALTER TABLE users ADD n BIGSERIAL;', /differs per row/],
  ['a generated column', 'ALTER TABLE users ADD COLUMN n int GENERATED ALWAYS AS (1) STORED;', /differs per row/],
  ['another type', 'ALTER TABLE users ALTER COLUMN n TYPE bigint;', /-- rewrites: <why>/],
  ['a constraint that is checked at once', 'ALTER TABLE users ADD CONSTRAINT c CHECK (n > 0);', /NOT VALID/],
  ['a constraint without a name', 'ALTER TABLE users ADD UNIQUE (name);', /USING INDEX/],
  ['the second action', 'ALTER TABLE users ADD a int, ADD CHECK (a IN (1, 2));', /ADD CHECK.*NOT VALID/],
  ['SET NOT NULL', 'ALTER TABLE "users" ALTER COLUMN "n" SET NOT NULL;', /reads all rows/],
  ['dropping a column', 'ALTER TABLE users DROP COLUMN n;', /previous version.*-- unused: <why>/],
  ['dropping a table', 'DROP TABLE "users";', /previous version/],
  ['dropping a function', 'DROP FUNCTION register_v1;', /previous version/],
  ['renaming a column', 'ALTER TABLE users RENAME COLUMN a TO b;', /previous version/],
  ['renaming a table', 'ALTER TABLE users RENAME TO people;', /previous version/],
  ['updating all rows', "UPDATE users SET name = 'a;b';", /batches with LIMIT/],
  ['deleting rows', 'DELETE FROM users WHERE n IS NULL;', /batches with LIMIT/],
  ['updating in WITH', 'WITH a AS (SELECT 1) UPDATE users u SET n = 1 FROM a;', /batches with LIMIT/],
  ['updating in a DO block', 'DO $$ BEGIN LOOP UPDATE users SET n = 1; END LOOP; END $$;', /^1 UPDATE users/],
])('R2: reports %s', (_, sql, message) => {
  expect(problems(LOCK_TIMEOUT.trim() + sql)).toEqual([expect.stringMatching(message)]);
});

it('R2: reports CONCURRENTLY beside another statement', () => {
  const index = 'CREATE INDEX CONCURRENTLY i ON users (name);';
  expect(problems(index)).toEqual([]);
  expect(problems(`-- a comment\n${index}\nSELECT 1;`)).toEqual([
    expect.stringMatching(/^2 .*beside another statement/),
  ]);
  expect(problems('DROP INDEX CONCURRENTLY i; DROP INDEX CONCURRENTLY j;')).toHaveLength(1);
});

it('R2: reports a second kind of lock', () => {
  const trigger = 'CREATE OR REPLACE TRIGGER t AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION f();';
  expect(problems(`${LOCK_TIMEOUT}${trigger}`)).toEqual([]);
  expect(problems(`${LOCK_TIMEOUT}DROP TRIGGER t ON users;\n${trigger}`)).toEqual([
    expect.stringMatching(/^3 CREATE OR REPLACE TRIGGER.*second kind of lock/),
  ]);
});

it('R2: reports long work while an earlier statement holds a lock', () => {
  const add = 'ALTER TABLE users ADD CONSTRAINT c CHECK (n > 0) NOT VALID;';
  const validate = 'ALTER TABLE users VALIDATE CONSTRAINT c;';
  expect(problems(`${LOCK_TIMEOUT}${add}`)).toEqual([]);
  expect(problems(validate)).toEqual([]);
  expect(problems(`${LOCK_TIMEOUT}${add}\n${validate}`)).toEqual([expect.stringMatching(/^3 .*takes long/)]);
});

it('R2: reports a strong lock without lock_timeout, also on a table that a new one references', () => {
  expect(problems('ALTER TABLE users ADD COLUMN n int;')).toEqual([expect.stringMatching(/lock_timeout/)]);
  expect(problems(`ALTER TABLE users ADD COLUMN n int;\n${LOCK_TIMEOUT}`)).toHaveLength(1);
  expect(problems('CREATE TABLE a (id uuid REFERENCES users (id));')).toEqual([expect.stringMatching(/lock_timeout/)]);
});

it.each(["'0'", '0', "'0s'", "'0.0004s'", "'2001ms'", '2001', "'3s'", "'10min'", "'1h'", 'DEFAULT'])(
  'R2: reports a strong lock with lock_timeout = %s, before it or after it',
  (value) => {
    const lock = 'ALTER TABLE users ADD COLUMN n int;';
    const report = [expect.stringMatching(/ALTER TABLE users ADD COLUMN n int: .*or less but not 0/)];
    expect(problems(`SET LOCAL lock_timeout = ${value};\n${lock}`)).toEqual(report);
    expect(problems(`${LOCK_TIMEOUT}${lock}\nset local lock_timeout to ${value};`)).toEqual(report);
  },
);

it.each(['SET lock_timeout = 0;', 'RESET lock_timeout;'])('R2: reports a strong lock after %s', (reset) => {
  expect(problems(`${LOCK_TIMEOUT}${reset}\nALTER TABLE users ADD COLUMN n int;`)).toHaveLength(1);
});

it.each(["'2s'", "'1.5s'", "'2000ms'", '2000', "' 500 ms'"])(
  'R2: allows a strong lock with lock_timeout = %s',
  (value) => {
    expect(problems(`SET LOCAL lock_timeout = ${value};\nALTER TABLE users ADD COLUMN n int;`)).toEqual([]);
    expect(problems(`set local lock_timeout to ${value};\nALTER TABLE users ADD COLUMN n int;`)).toEqual([]);
  },
);

it('R2: allows a marked statement, and everything on a table that the migration creates', () => {
  expect(
    problems(`${LOCK_TIMEOUT}-- rewrites: ten rows\nALTER TABLE users ALTER COLUMN n TYPE bigint;
      -- unused: since 0.1
      ALTER TABLE users DROP COLUMN m;
      CREATE TABLE "a" ("id" int);
      CREATE INDEX i ON a (id);
      ALTER TABLE a ALTER COLUMN id SET NOT NULL, ADD UNIQUE (id);
      INSERT INTO b VALUES (1) ON CONFLICT (n) DO UPDATE SET n = 2;
      CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ UPDATE users SET n = 1; DROP TABLE users $$;`),
  ).toEqual([]);
  expect(problems(`${LOCK_TIMEOUT}ALTER TABLE users ADD COLUMN n timestamptz(3) NOT NULL DEFAULT now();`)).toEqual([]);
  expect(problems('-- few rows: one per queue\nUPDATE queue_rests SET reason = 1;')).toEqual([]);
  expect(problems('UPDATE users SET n = 1 WHERE id IN (SELECT id FROM users WHERE n IS NULL LIMIT 100);')).toEqual([]);
});
