import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { post } from '../../../test/support/http-client.js';
import { seed } from './seed.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it('inserts everything once, also when two processes seed at the same time', async () => {
  const outcomes = await Promise.all([seed(api.env.databaseUrl), seed(api.env.databaseUrl)]);
  expect(outcomes.map(({ users, competitions }) => [users, competitions]).sort()).toEqual([
    [0, 0],
    [7, 6],
  ]);
});

it('writes counters that agree with the registrations', async () => {
  const { rows } = await api.pool.query(
    `SELECT c.title, c.capacity - c.seats_left AS seated, c.waiting,
            coalesce(sum(r.seats) FILTER (WHERE r.status IN ('PENDING', 'CONFIRMED')), 0)::int AS seats,
            count(r.id) FILTER (WHERE r.status = 'WAITLISTED')::int AS waitlisted
     FROM competitions c LEFT JOIN registrations r ON r.competition_id = c.id GROUP BY c.id`,
  );
  for (const row of rows) expect([row.seated, row.waiting]).toEqual([row.seats, row.waitlisted]);
  expect(rows.map((row) => `${row.seated}+${row.waiting}`).sort()).toEqual(['0+0', '2+0', '2+0', '3+2', '4+0', '4+0']);
});

it('creates accounts that can sign in', async () => {
  for (const email of ['organizer2@minicompete.com', 'Participant5@minicompete.com']) {
    const response = await post(api.url, '/api/auth/login', { body: { email, password: 'password123' } });
    expect(response.status).toBe(200);
  }
});
