import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { organizerClient } from '../../../test/support/competition-clients.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { anOrganizer } from '../../../test/support/factories.js';
import { get, post } from '../../../test/support/http-client.js';
import { rows } from '../../../test/support/queries.js';
import { seed } from '../../operations/seed/seed.js';
import { migrate } from './migrate.js';
import { createPool } from './pool.js';

let database: TestDatabase;
let api: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.pool.query(`ALTER DATABASE ${new URL(database.url).pathname.slice(1)} SET timezone = 'Asia/Kolkata'`);
  api = await startApi({ databaseUrl: database.url });
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

it('S3: a competition opens and closes at the instants that its organizer named, whatever time zone the database has', async () => {
  const organizer = await anOrganizer();
  const dates = {
    regOpensAt: '2099-05-01T09:00:00.000Z',
    regDeadline: '2099-05-01T10:00:00.000Z',
    startDate: '2099-05-02T10:00:00.000Z',
    endDate: '2099-05-02T18:00:00.000Z',
  };
  const { status, body } = await post(api.url, '/api/competitions', {
    token: organizer.token,
    body: { title: 'Night run', description: 'A run.', capacity: 10, ...dates },
  });
  expect(status).toBe(201);
  expect(body).toMatchObject(dates);
  const stored = () =>
    rows<{ opens: string; closes: string }>(
      `SELECT iso_instant(reg_opens_at) AS opens, iso_instant(reg_deadline) AS closes FROM competitions WHERE id = $1`,
      [body.id],
    );
  expect(await stored()).toEqual([{ opens: dates.regOpensAt, closes: dates.regDeadline }]);
  await organizerClient(api.url).edit(organizer, body, { regDeadline: '2099-05-01T11:30:00+02:00' });
  expect(await stored()).toEqual([{ opens: dates.regOpensAt, closes: '2099-05-01T09:30:00.000Z' }]);
  expect((await get(api.url, `/api/competitions/${body.id}`)).body.regDeadline).toBe('2099-05-01T09:30:00.000Z');
});

it('S3: trial data begins and ends at full hours of UTC', async () => {
  await seed(database.url);
  const [trial] = await rows<{ minutes: number[] }>(
    `SELECT array_agg(DISTINCT extract(minute FROM reg_deadline AT TIME ZONE 'UTC')::int) AS minutes FROM competitions
     WHERE reg_deadline < '2090-01-01'`,
  );
  expect(trial?.minutes).toEqual([0]);
});

it('S3: the record of the applied migrations has their instants', async () => {
  const url = new URL(database.url);
  url.pathname += '_migrated';
  const name = url.pathname.slice(1);
  await rows(`CREATE DATABASE ${name}`);
  await rows(`ALTER DATABASE ${name} SET timezone = 'Asia/Kolkata'`);
  await migrate(url.href);
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const { rows: ages } = await client.query(
    `SELECT abs(extract(epoch FROM now() - started_at))::int AS started,
            abs(extract(epoch FROM now() - finished_at))::int AS finished FROM _prisma_migrations`,
  );
  await client.end();
  await rows(`DROP DATABASE ${name}`);
  for (const { started, finished } of ages) expect(Math.max(started, finished)).toBeLessThan(600);
});

it('S3: the options of DATABASE_URL are kept, except a time zone', async () => {
  const url = new URL(database.url);
  url.searchParams.set('options', '-c lock_timeout=4321ms -c TimeZone=Europe/Berlin');
  const pool = createPool({ databaseUrl: url.href, databasePoolSize: 2 }, 'test', {}, { search_path: 'bullmq' });
  const show = async (setting: string) => Object.values((await pool.query(`SHOW ${setting}`)).rows[0]);
  expect(await show('timezone')).toEqual(['UTC']);
  expect(await show('lock_timeout')).toEqual(['4321ms']);
  expect(await show('search_path')).toEqual(['bullmq']);
  await pool.end();
});
