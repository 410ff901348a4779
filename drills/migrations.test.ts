import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LANDED } from '../tools/src/check/migrations.rules.js';
import { Fixtures, type Person } from '../tools/src/testing/fixtures.js';
import { BACKEND } from '../tools/src/testing/paths.js';
import type { ProductProcess } from '../tools/src/testing/product-process.js';
import { Client, requestsFor } from './harness/client.js';
import { Environment } from './harness/environment.js';
import { History, resultOf } from './harness/history.js';

const FOLDER = `${BACKEND}prisma/migrations/`;
/** The first migrations create the tables and the registration function: without them, there is no load to apply. */
const INITIAL_MIGRATIONS = 2;
const ROWS = 100_000;
const COMPETITIONS = 300_000;
const DESCRIPTION_BYTES = 5_000;
const CLIENTS = 8;
/** A request every 10 ms per client is enough to meet every lock, and 40,000 requests are enough for a minute. */
const MAX_MS = 2_000;
const PAUSE_MS = 10;

const names = readdirSync(FOLDER)
  .filter((name) => /^\d/.test(name))
  .sort();
/** Those that landed before `npm run check` had rules for migrations run before the long descriptions are there. */
const LANDED_MIGRATIONS = names.findLastIndex((name) => name in LANDED) + 1;
const sqlOf = (name: string) => readFileSync(`${FOLDER}${name}/migration.sql`, 'utf8');

let environment: Environment;
beforeAll(async () => {
  environment = await Environment.open();
});
afterAll(() => environment.close());

it(`FT-08 each migration runs on ${ROWS.toLocaleString('en')} rows, the newer ones on ${COMPETITIONS.toLocaleString('en')} competitions with descriptions of 5 kB too, under load, and nobody is registered later than after 2 s`, async () => {
  const databaseUrl = await environment.postgres.createDatabase('migrating');
  const fixtures = new Fixtures(databaseUrl);
  for (const name of names.slice(0, INITIAL_MIGRATIONS)) await fixtures.pool.query(sqlOf(name));
  await fixtures.pool.query(REGISTER_AS_BEFORE);
  const people = await fixtures.people(2_000);
  await fill(fixtures);
  // Live but not ready, since migrations are missing: like the old servers during an upgrade.
  const server = await environment.liveApi(databaseUrl);

  await migrateUnderLoad(names.slice(INITIAL_MIGRATIONS, LANDED_MIGRATIONS), fixtures, server, people);
  await fillDescriptions(fixtures);
  await migrateUnderLoad(names.slice(LANDED_MIGRATIONS), fixtures, server, people);
  await fixtures.close();
  await server.kill();
});

/**
 * Servers of the previous version call register_v1. This one calls register_v2, and is passed on to the old function until
 * the migration that creates the new one replaces this.
 */
const REGISTER_AS_BEFORE = `
  CREATE FUNCTION register_v2(
    p_competition_ids uuid[], p_user_ids uuid[], p_session_ids uuid[], p_keys text[], p_fingerprints bytea[],
    p_joins boolean[], p_waited_ms double precision[], p_waited_sure_ms double precision[], p_seats integer[],
    p_team_ids uuid[], p_questions_versions integer[], p_answers jsonb[], p_verified_only boolean[], p_patient boolean,
    p_budget_ms integer
  ) RETURNS TABLE (
    n integer, verdict text, body text, registration_id uuid, registration_status "RegistrationStatus",
    seats_left integer, waiting integer
  )
  LANGUAGE plpgsql AS $$
  BEGIN
    RETURN QUERY SELECT * FROM register_v1(p_competition_ids, p_user_ids, p_session_ids, p_keys, p_fingerprints, p_joins,
                                           p_waited_ms, p_waited_sure_ms, p_patient, p_budget_ms);
  END $$`;

async function migrateUnderLoad(migrations: string[], fixtures: Fixtures, server: ProductProcess, people: Person[]) {
  const competitions = await fixtures.competitions(20, { capacity: 1_000_000 });
  const history = new History();
  let isMigrated = false;
  const queue = competitions.flatMap((id) => requestsFor(people, id)).values();
  const load = Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      const client = new Client([server], history);
      for (const request of queue) {
        if (isMigrated) break;
        await client.sendWithRetries(request);
        await sleep(PAUSE_MS);
      }
      client.close();
    }),
  );
  const begun: { name: string; at: number }[] = [];
  for (const name of migrations) {
    begun.push({ name, at: Date.now() });
    await fixtures.pool.query(sqlOf(name));
  }
  expect(queue.next().done, 'the load ended before the migrations').toBe(false);
  isMigrated = true;
  await load;
  const firstSentAt = new Map<string, number>();
  const felt = history.attempts.flatMap((attempt) => {
    const { key, status, sentAt, receivedAt } = attempt;
    if (!firstSentAt.has(key)) firstSentAt.set(key, sentAt);
    const ms = receivedAt - (firstSentAt.get(key) as number);
    const result = resultOf(attempt);
    if (ms < MAX_MS && (status === 201 || result === 'BUSY')) return [];
    const during = begun.findLast(({ at }) => at <= receivedAt)?.name;
    return [`${result} after ${ms} ms, during ${during}`];
  });
  expect(felt).toEqual([]);
}

async function fill(fixtures: Fixtures): Promise<void> {
  const users = await fixtures.people(1_000);
  const competitions = await fixtures.competitions(1_000, { capacity: 1_000 });
  await fixtures.pool.query(
    `INSERT INTO registrations (competition_id, user_id, status)
     SELECT c.id, u.id, 'CONFIRMED'
     FROM unnest($1::uuid[]) WITH ORDINALITY AS c (id, n), unnest($2::uuid[]) WITH ORDINALITY AS u (id, n)
     WHERE u.n <= $3::int`,
    [competitions, users.map(({ id }) => id), ROWS / 1_000],
  );
  await fixtures.pool.query(
    `INSERT INTO idempotency_records (user_id, operation, key, fingerprint, status, body, expires_at)
     SELECT uuidv7(), 'REGISTER', n::text, '', 201, repeat('x', 200), now() + interval '1 day'
     FROM generate_series(1, $1::int) AS n`,
    [ROWS],
  );
  await fixtures.pool.query('UPDATE competitions SET seats_left = capacity - $1::int', [ROWS / 1_000]);
}

/**
 * Without triggers: the words of 300,000 descriptions would take minutes, and no later migration reads them. Without
 * compression, which would take most of the time and save nothing with random text.
 */
async function fillDescriptions({ pool }: Fixtures): Promise<void> {
  const client = await pool.connect();
  await client.query(
    `BEGIN;
     SET LOCAL session_replication_role = replica;
     ALTER TABLE competitions ALTER COLUMN description SET STORAGE EXTERNAL;
     INSERT INTO competitions (organizer_id, title, description, tags, capacity, seats_left, reg_deadline)
     SELECT c.organizer_id, 'Competition', d.text, '{test}', 10, 10, c.reg_deadline
     FROM generate_series(1, ${COMPETITIONS / 100}) AS i,
       (SELECT organizer_id, reg_deadline FROM competitions LIMIT 1) AS c,
       (SELECT string_agg(md5(n || ' ' || m), ' ') AS text
        FROM generate_series(1, 100) AS n, generate_series(1, ${Math.floor(DESCRIPTION_BYTES / 33)}) AS m
        GROUP BY n) AS d;
     ALTER TABLE competitions ALTER COLUMN description SET STORAGE EXTENDED;
     COMMIT`,
  );
  client.release();
  // Otherwise the load is measured while PostgreSQL still writes and reads what was filled in.
  await pool.query('ANALYZE competitions');
  await pool.query('CHECKPOINT');
}
