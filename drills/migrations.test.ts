import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BACKEND } from '../bench/src/house/places.js';
import { World } from '../bench/src/house/world.js';
import { Client, everybody } from './harness/client.js';
import { History, nameOf } from './harness/history.js';
import { House } from './harness/house.js';

const FOLDER = `${BACKEND}prisma/migrations/`;
/** The tables, and registering itself: before these there is nothing that could be under load. */
const GROUND = 2;
const names = readdirSync(FOLDER)
  .filter((name) => /^\d/.test(name))
  .sort();
const sqlOf = (name: string) => readFileSync(`${FOLDER}${name}/migration.sql`, 'utf8');
const ROWS = 100_000;

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house.close());

it(`FT-08 each migration runs on ${ROWS.toLocaleString('en')} rows under load, and nobody waits over 2 s`, async () => {
  const databaseUrl = await house.postgres.createDatabase('migrating');
  const migrating = new World(databaseUrl);
  const { pool } = migrating;
  for (const name of names.slice(0, GROUND)) await pool.query(sqlOf(name));
  const people = await migrating.people(2_000);
  await fill();
  const competitionId = await migrating.competition({ capacity: 1_000_000 });
  // Not ready while migrations are missing, and yet it serves: the old servers of an upgrade are such ones.
  const server = await house.unreadyApi(databaseUrl);

  const history = new History();
  let done = false;
  const waiting = everybody(people, competitionId).values();
  const load = Promise.all(
    Array.from({ length: 8 }, async () => {
      const client = new Client([server], history);
      for (const asked of waiting) {
        if (done) break;
        await client.once(asked);
      }
      client.close();
    }),
  );
  for (const name of names.slice(GROUND)) await pool.query(sqlOf(name));
  done = true;
  await load;
  expect(new Set(history.heard.map(nameOf))).toEqual(new Set(['201']));
  expect(Math.max(...history.heard.map(({ sentAt, heardAt }) => heardAt - sentAt))).toBeLessThan(2_000);
  await migrating.close();
  await server.kill();

  async function fill() {
    const users = await migrating.people(1_000);
    const competitions = await migrating.competitions(1_000, { capacity: 1_000 });
    await pool.query(
      `INSERT INTO registrations (competition_id, user_id, status)
       SELECT c.id, u.id, 'CONFIRMED'
       FROM unnest($1::uuid[]) WITH ORDINALITY AS c (id, n), unnest($2::uuid[]) WITH ORDINALITY AS u (id, n)
       WHERE u.n <= $3::int`,
      [competitions, users.map(({ id }) => id), ROWS / 1_000],
    );
    await pool.query('UPDATE competitions SET seats_left = capacity - $1::int', [ROWS / 1_000]);
  }
});
