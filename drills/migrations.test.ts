import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Fixtures } from '../tools/src/testing/fixtures.js';
import { BACKEND } from '../tools/src/testing/paths.js';
import { Client, requestsFor } from './harness/client.js';
import { Environment } from './harness/environment.js';
import { History, resultOf } from './harness/history.js';

const FOLDER = `${BACKEND}prisma/migrations/`;
/** The first migrations create the tables and the registration function: without them, there is no load to apply. */
const INITIAL_MIGRATIONS = 2;
const ROWS = 100_000;

const names = readdirSync(FOLDER)
  .filter((name) => /^\d/.test(name))
  .sort();
const sqlOf = (name: string) => readFileSync(`${FOLDER}${name}/migration.sql`, 'utf8');

let environment: Environment;
beforeAll(async () => {
  environment = await Environment.open();
});
afterAll(() => environment.close());

it(`FT-08 each migration runs on ${ROWS.toLocaleString('en')} rows under load, and no request takes over 2 s`, async () => {
  const databaseUrl = await environment.postgres.createDatabase('migrating');
  const fixtures = new Fixtures(databaseUrl);
  for (const name of names.slice(0, INITIAL_MIGRATIONS)) await fixtures.pool.query(sqlOf(name));
  const people = await fixtures.people(2_000);
  await fill(fixtures);
  const competitionId = await fixtures.competition({ capacity: 1_000_000 });
  // Live but not ready, since migrations are missing: like the old servers during an upgrade.
  const server = await environment.liveApi(databaseUrl);

  const history = new History();
  let isMigrated = false;
  const queue = requestsFor(people, competitionId).values();
  const load = Promise.all(
    Array.from({ length: 8 }, async () => {
      const client = new Client([server], history);
      for (const request of queue) {
        if (isMigrated) break;
        await client.send(request);
      }
      client.close();
    }),
  );
  for (const name of names.slice(INITIAL_MIGRATIONS)) await fixtures.pool.query(sqlOf(name));
  isMigrated = true;
  await load;
  expect(new Set(history.attempts.map(resultOf))).toEqual(new Set(['201']));
  expect(history.slowestMs()).toBeLessThan(2_000);
  await fixtures.close();
  await server.kill();
});

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
