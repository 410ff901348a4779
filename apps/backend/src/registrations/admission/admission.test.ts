import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, anAdmin, anOrganizer, aPerson, inHours, people } from '../../../test/support/factories.js';
import { post, tally } from '../../../test/support/http-client.js';
import { lockCompetition } from '../../../test/support/locks.js';
import { registrationsOf, seatsOf } from '../../../test/support/queries.js';
import { loadReportOf } from '../../platform/queue/outbox.js';

let api: TestApi;
let { register, join, leave } = participantClient('');
beforeAll(async () => {
  api = await startApi();
  ({ register, join, leave } = participantClient(api.url));
});
afterAll(() => api.close());

describe('high load', () => {
  // First: after a burst, reports of it go on for a moment.
  it('is notified to the workers, which throttle, and a single request is not high load', async () => {
    const listener = new Client({ connectionString: api.env.databaseUrl });
    await listener.connect();
    const payloads: (string | undefined)[] = [];
    listener.on('notification', ({ payload }) => payloads.push(payload));
    await listener.query('LISTEN outbox');
    const competition = await aCompetition({ capacity: 500 });
    await register(await aPerson(), competition);
    await expect.poll(() => payloads).toEqual(['']);
    const persons = await people(400);
    const lock = await lockCompetition(competition);
    const responses = persons.map((person) => register(person, competition));
    await expect.poll(() => payloads.some((payload) => loadReportOf(payload ?? '') !== null)).toBe(true);
    await lock.release();
    await Promise.all(responses);
    await listener.end();
  });

  it('AD-01 gives the last seat to exactly one of five hundred concurrent requests', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const responses = await Promise.all((await people(500)).map((person) => register(person, competition)));
    expect(tally(responses)).toEqual({ 201: 1, COMPETITION_FULL: 499 });
    expect(await seatsOf(competition)).toEqual({ seatsLeft: 0, waiting: 0 });
  });

  it('AD-03 registers everybody when each person sends five copies of the request', async () => {
    const competition = await aCompetition({ capacity: 100 });
    const persons = await people(100);
    const responses = await Promise.all(
      persons.flatMap((person) => Array.from({ length: 5 }, () => register(person, competition, { key: 'mine' }))),
    );
    expect(tally(responses)).toEqual({ 201: 500 });
    expect(new Set((await registrationsOf(competition)).map(({ userId }) => userId)).size).toBe(100);
  });

  it('on two competitions at once fills both exactly', async () => {
    const [a, b] = [await aCompetition({ capacity: 30 }), await aCompetition({ capacity: 40 })];
    const persons = await people(100);
    const responses = await Promise.all(persons.flatMap((person) => [register(person, a), register(person, b)]));
    expect(tally(responses)).toEqual({ 201: 70, COMPETITION_FULL: 130 });
    expect((await registrationsOf(a)).length).toBe(30);
    expect((await registrationsOf(b)).length).toBe(40);
  });

  it('on many competitions at once registers everybody', async () => {
    const competitions = await Promise.all(Array.from({ length: 60 }, () => aCompetition({ capacity: 5 })));
    const persons = await people(300);
    const responses = await Promise.all(persons.map((person, i) => register(person, competitions[i % 60]!)));
    expect(tally(responses)).toEqual({ 201: 300 });
  });

  it('admits in the order of arrival, with an increasing admission number', async () => {
    const competition = await aCompetition({ capacity: 1, waitlist: true });
    const persons = await people(20);
    for (const person of persons) await join(person, competition);
    const rows = await registrationsOf(competition);
    expect(rows.map(({ userId }) => userId)).toEqual(persons.map(({ id }) => id));
    expect(rows.map(({ admission }) => admission)).toEqual(
      rows.map(({ admission }) => admission).sort((x, y) => x - y),
    );
  });
});

describe('a request to register', () => {
  it('is refused without a session, to organizers and to admins', async () => {
    const competition = await aCompetition();
    const url = `/api/competitions/${competition.id}/register`;
    expect((await post(api.url, url, { body: {} })).status).toBe(401);
    expect((await register(await anOrganizer(), competition)).status).toBe(403);
    expect((await register(await anAdmin(), competition)).status).toBe(403);
  });

  it('AU-12 is refused at once when the account is disabled or the session has ended', async () => {
    const competition = await aCompetition();
    const [disabled, signedOut] = await people(2);
    await api.pool.query('UPDATE users SET disabled_at = now() WHERE id = $1', [disabled!.id]);
    await api.pool.query('UPDATE sessions SET ended_at = now() WHERE id = $1', [signedOut!.sessionId]);
    expect((await register(disabled!, competition)).body.code).toBe('ACCOUNT_DISABLED');
    expect((await register(signedOut!, competition)).body.code).toBe('SESSION_ENDED');
    expect((await leave(signedOut!, competition)).body.code).toBe('SESSION_ENDED');
  });

  it('AD-14 gets 404 for an unknown competition and 400 for a malformed id', async () => {
    const person = await aPerson();
    expect((await register(person, { id: '01890000-0000-7000-8000-000000000000' })).body.code).toBe(
      'COMPETITION_NOT_FOUND',
    );
    expect((await register(person, { id: 'nonsense' })).body.code).toBe('VALIDATION_FAILED');
    const deleted = await aCompetition();
    await api.pool.query('UPDATE competitions SET deleted_at = now() WHERE id = $1', [deleted.id]);
    expect((await register(person, deleted)).body.code).toBe('COMPETITION_NOT_FOUND');
  });

  it('gets 400 for a body with other or invalid fields', async () => {
    const competition = await aCompetition();
    const person = await aPerson();
    for (const body of [{ joinWaitlist: 'yes' }, { userId: 'x' }, [], 'text', '{'])
      expect((await register(person, competition, { body })).status).toBe(400);
  });
});

describe('the registration period', () => {
  it('refuses requests before the opening, after the deadline and after a cancellation', async () => {
    const person = await aPerson();
    const early = await aCompetition({ regOpensAt: inHours(1), regDeadline: inHours(2) });
    const late = await aCompetition({ regDeadline: inHours(-1), startDate: null });
    const cancelled = await aCompetition();
    await api.pool.query('UPDATE competitions SET cancelled_at = now() WHERE id = $1', [cancelled.id]);
    expect((await register(person, early)).body.code).toBe('REGISTRATION_NOT_OPEN');
    expect((await register(person, late)).body.code).toBe('REGISTRATION_CLOSED');
    expect((await register(person, cancelled)).body.code).toBe('REGISTRATION_CLOSED');
  });

  it('ALREADY_REGISTERED takes precedence over closed, and closed over full', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const [seated, other] = await people(2);
    await register(seated!, competition);
    await api.pool.query(`UPDATE competitions SET reg_deadline = now() - interval '1 hour' WHERE id = $1`, [
      competition.id,
    ]);
    expect((await register(seated!, competition)).body.code).toBe('ALREADY_REGISTERED');
    expect((await register(other!, competition)).body.code).toBe('REGISTRATION_CLOSED');
  });
});

describe('a locked row', () => {
  it('AD-17 gives its requests a 503 within 3 s, and does not delay other competitions', async () => {
    const [held, free] = [await aCompetition({ capacity: 50 }), await aCompetition({ capacity: 50 })];
    const persons = await people(20);
    const holder = new Client({ connectionString: api.env.databaseUrl });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM competitions WHERE id = $1 FOR UPDATE', [held.id]);
    const start = performance.now();
    const waiting = Promise.all(persons.map((person) => register(person, held, { key: 'retried' })));
    const others = await Promise.all(persons.map((person) => register(person, free)));
    expect(tally(others)).toEqual({ 201: 20 });
    expect(performance.now() - start).toBeLessThan(1_500);
    const responses = await waiting;
    expect(tally(responses)).toEqual({ BUSY: 20 });
    expect(responses.every(({ status, headers }) => status === 503 && headers.has('retry-after'))).toBe(true);
    expect(performance.now() - start).toBeLessThan(3_200);
    await holder.query('ROLLBACK');
    await holder.end();
    const again = await Promise.all(persons.map((person) => register(person, held, { key: 'retried' })));
    expect(tally(again)).toEqual({ 201: 20 });
    expect(await seatsOf(held)).toEqual({ seatsLeft: 30, waiting: 0 });
  });

  it('S11 refuses everybody else at once on a full competition while one who joins the waitlist waits for it', async () => {
    const competition = await aCompetition({ capacity: 1 });
    const [seated, waitlister, ...others] = await people(78);
    await register(seated!, competition);
    const holder = new Client({ connectionString: api.env.databaseUrl });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM competitions WHERE id = $1 FOR UPDATE', [competition.id]);
    const answered: string[] = [];
    const joining = join(waitlister!, competition, { key: 'retried' }).then(() => answered.push('waitlister'));
    const atOnce = others.slice(0, 38).map((person) => register(person, competition));
    const isWaiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    await expect.poll(async () => (await api.pool.query(isWaiting)).rowCount, { timeout: 2_000 }).toBe(1);
    const later = others.slice(38).map((person) => register(person, competition));
    expect(tally(await Promise.all([...atOnce, ...later]))).toEqual({ COMPETITION_FULL: 76 });
    answered.push('others');
    await holder.query('ROLLBACK');
    await holder.end();
    await joining;
    expect(answered).toEqual(['others', 'waitlister']);
    expect((await join(waitlister!, competition, { key: 'retried' })).body).toMatchObject({ position: 1 });
  });

  it('S23 a locked user row costs its own person a 503, and nobody else in the batch', async () => {
    const competition = await aCompetition({ capacity: 50 });
    const [locked, ...others] = await people(9);
    const holder = new Client({ connectionString: api.env.databaseUrl });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [locked!.id]);
    const start = performance.now();
    const waiting = register(locked!, competition, { key: 'retried' });
    const responses = await Promise.all(others.map((person) => register(person, competition)));
    expect(tally(responses)).toEqual({ 201: 8 });
    expect(performance.now() - start).toBeLessThan(1_500);
    expect((await waiting).status).toBe(503);
    await holder.query('ROLLBACK');
    await holder.end();
    expect((await register(locked!, competition, { key: 'retried' })).status).toBe(201);
  });
});
