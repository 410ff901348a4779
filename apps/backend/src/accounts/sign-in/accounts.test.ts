import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/app.js';
import { call, get, patch, post, tally } from '../../../test/client.js';
import { aPerson } from '../../../test/factories.js';
import { Clock } from '../../platform/time/clock.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const signup = (body: object) => post(api.url, '/api/auth/signup', { body });
const login = (email: string, password: string) => post(api.url, '/api/auth/login', { body: { email, password } });
const ada = { name: 'Ada', password: 'correct horse', role: 'PARTICIPANT' };
const emails = async (email: string) =>
  (await api.pool.query('SELECT count(*)::int AS n FROM users WHERE email = $1', [email.toLowerCase()])).rows[0].n;

describe('signing up', () => {
  it.each(['participant', 'organizer', 'Participant', 'ORGANIZER'])('takes the role as "%s"', async (role) => {
    const answer = await signup({ ...ada, role, email: `as-${crypto.randomUUID()}@example.org` });
    expect(answer.status).toBe(201);
    expect(answer.body.user.role).toBe(role.toUpperCase());
    expect((await get(api.url, '/api/auth/me', { token: answer.body.token })).body).toEqual(answer.body.user);
  });

  it.each([
    ['role ADMIN', { role: 'ADMIN' }],
    ['a list of roles', { role: ['ORGANIZER', 'ADMIN'] }],
    ['isAdmin', { isAdmin: true }],
    ['an id', { id: '00000000-0000-7000-8000-000000000000' }],
    ['a line break in the name', { name: 'Ada\r\nBcc: x@example.org' }],
    ['a short password', { password: 'short' }],
  ])('AU-01 refuses %s and makes no account', async (_, wrong) => {
    const answer = await signup({ ...ada, email: 'au01@example.org', ...wrong });
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(answer.body.errors.length).toBeGreaterThan(0);
    expect(await emails('au01@example.org')).toBe(0);
  });

  it.each(['a@example.org, b@example.org', 'a@example.org\r\nBcc: b@example.org', 'a@example.org <b@example.org>'])(
    'JB-21 refuses two addresses in one (%#)',
    async (email) => {
      expect((await signup({ ...ada, email })).status).toBe(400);
    },
  );

  it('AU-03 makes one account of fifty sign-ups at once, whatever the letter case', async () => {
    const spellings = ['Fifty@Example.org', 'fifty@example.org', 'FIFTY@EXAMPLE.ORG'];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => signup({ ...ada, email: spellings[i % 3] as string })),
    );
    expect(tally(answers)).toEqual({ 201: 1, EMAIL_TAKEN: 49 });
    expect(await emails('fifty@example.org')).toBe(1);
  });

  it('AU-03 twin: without the index a second account would be made', async () => {
    const second = () =>
      api.pool.query(
        `INSERT INTO users (email, name, role, password_hash) VALUES ('fifty@example.org','x','PARTICIPANT','x')`,
      );
    await expect(second()).rejects.toMatchObject({ code: '23505' });
    const client = await api.pool.connect();
    try {
      await client.query('BEGIN; DROP INDEX users_email_key');
      await client.query(
        `INSERT INTO users (email, name, role, password_hash) VALUES ('fifty@example.org','x','PARTICIPANT','x')`,
      );
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});

describe('logging in', () => {
  it('takes any letter case of the address and sets cookies that no script can read', async () => {
    await signup({ ...ada, email: 'cookies@example.org' });
    const answer = await login('Cookies@Example.org', ada.password);
    expect(answer.status).toBe(200);
    const cookies = answer.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=')[0]).sort()).toEqual(['mc_access', 'mc_refresh']);
    for (const cookie of cookies) expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('AU-04 tells an unknown address from a wrong password neither by answer nor by time', async () => {
    await signup({ ...ada, email: 'known@example.org' });
    const times: Record<string, number[]> = { known: [], nobody: [] };
    const texts = new Set<string>();
    for (let i = 0; i < 100; i++)
      for (const who of ['known', 'nobody']) {
        const start = performance.now();
        const answer = await login(`${who}@example.org`, 'not the password');
        times[who]?.push(performance.now() - start);
        texts.add(`${answer.status} ${JSON.stringify({ ...answer.body, requestId: '' })}`);
      }
    expect([...texts]).toHaveLength(1);
    expect([...texts][0]).toContain('CREDENTIALS_INVALID');
    const [known, nobody] = [median(times.known), median(times.nobody)];
    expect(Math.abs(known - nobody) / Math.max(known, nobody)).toBeLessThan(0.1);
  }, 60_000);

  it('AU-06 puts off who guesses a hundred times, and lets the owner in later', async () => {
    const limited = await startApi({ databaseUrl: api.env.databaseUrl, rateLimits: true, trustedHops: 1 });
    const clock = limited.app.get(Clock);
    try {
      await signup({ ...ada, email: 'guessed@example.org' });
      const enter = (password: string, headers = {}) =>
        post(limited.url, '/api/auth/login', { body: { email: 'guessed@example.org', password }, headers });
      const guesses = await Promise.all(Array.from({ length: 100 }, (_, i) => enter(`guess ${i}`)));
      expect(tally(guesses)).toEqual({ CREDENTIALS_INVALID: 10, TOO_MANY_REQUESTS: 90 });
      const putOff = await enter(ada.password);
      expect(putOff.status).toBe(429);
      const wait = Number(putOff.headers.get('retry-after'));
      expect(wait).toBeGreaterThan(0);
      // From elsewhere the owner gets in although somebody guesses here.
      expect((await enter(ada.password, { 'x-forwarded-for': '203.0.113.7' })).status).toBe(200);
      const later = new Date(Date.now() + wait * 1000);
      vi.spyOn(clock, 'now').mockReturnValue(later);
      expect((await enter(ada.password)).status).toBe(200);
    } finally {
      await limited.close();
    }
  });

  it('AU-07 keeps other routes quick while 200 people sign in at once, in bounded memory', async () => {
    await signup({ ...ada, email: 'crowd@example.org' });
    const before = process.memoryUsage.rss();
    let done = false;
    const crowd = Promise.all(Array.from({ length: 200 }, () => login('crowd@example.org', ada.password))).then(
      (answers) => {
        done = true;
        return answers;
      },
    );
    const times: number[] = [];
    while (!done) {
      const start = performance.now();
      expect((await get(api.url, '/health/live')).status).toBe(200);
      times.push(performance.now() - start);
    }
    const answers = await crowd;
    expect(tally(answers)).toEqual({ 200: 200 });
    expect(percentile(times, 0.95)).toBeLessThan(100);
    expect(process.memoryUsage.rss() - before).toBeLessThan(300 * 1024 * 1024);
  }, 60_000);

  it('AU-12 refuses a disabled account at once where it writes, and at sign-in', async () => {
    const email = 'disabled@example.org';
    const { token, user } = (await signup({ ...ada, email })).body;
    const rename = () => patch(api.url, '/api/auth/me', { token, body: { name: 'Ada Two' } });
    expect((await rename()).status).toBe(200);
    await api.pool.query('UPDATE users SET disabled_at = now() WHERE id = $1', [user.id]);
    expect(await rename()).toMatchObject({ status: 403, body: { code: 'ACCOUNT_DISABLED' } });
    expect(await login(email, ada.password)).toMatchObject({ status: 403, body: { code: 'ACCOUNT_DISABLED' } });
    expect(await login(email, 'a wrong one')).toMatchObject({ body: { code: 'CREDENTIALS_INVALID' } });
  });
});

describe('the profile', () => {
  it('changes the password only with the present one, and ends the other sessions', async () => {
    const email = 'profile@example.org';
    const here = (await signup({ ...ada, email })).body.token;
    const there = (await login(email, ada.password)).body.token;
    const change = (body: object) => patch(api.url, '/api/auth/me', { token: here, body });
    expect(await change({ password: 'another horse' })).toMatchObject({ status: 400 });
    expect(await change({ password: 'another horse', currentPassword: 'wrong' })).toMatchObject({
      body: { code: 'WRONG_PASSWORD' },
    });
    expect(await change({ role: 'ADMIN' })).toMatchObject({ status: 400 });
    expect((await change({ password: 'another horse', currentPassword: ada.password })).status).toBe(200);
    expect((await change({ name: 'Still here' })).body.name).toBe('Still here');
    expect(await patch(api.url, '/api/auth/me', { token: there, body: { name: 'x' } })).toMatchObject({
      body: { code: 'SESSION_ENDED' },
    });
    expect((await login(email, ada.password)).status).toBe(401);
    expect((await login(email, 'another horse')).status).toBe(200);
  });

  it('shows where one is signed in, and ends it there', async () => {
    const email = 'sessions@example.org';
    const first = (await signup({ ...ada, email })).body.token;
    const second = (
      await post(api.url, '/api/auth/login', {
        body: { email, password: ada.password },
        headers: { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0' },
      })
    ).body.token;
    const { items } = (await get(api.url, '/api/auth/sessions', { token: first })).body;
    expect(items).toHaveLength(2);
    const other = items.find((session: { current: boolean }) => !session.current);
    expect(other).toMatchObject({ device: 'Firefox on Windows', address: '127.0.0.1' });
    const end = (id: string, token: string) => call('DELETE', api.url, `/api/auth/sessions/${id}`, { token });
    const stranger = await aPerson();
    expect(await end(other.id, stranger.token)).toMatchObject({ status: 404, body: { code: 'SESSION_NOT_FOUND' } });
    expect(await end('nonsense', first)).toMatchObject({ status: 400 });
    expect((await end(other.id, first)).status).toBe(204);
    expect(await patch(api.url, '/api/auth/me', { token: second, body: { name: 'x' } })).toMatchObject({ status: 401 });
  });

  it('tells the owner of a sign-in from where they have not been, once per place', async () => {
    const email = 'device@example.org';
    const { user } = (await signup({ ...ada, email })).body;
    const from = (agent: string) =>
      post(api.url, '/api/auth/login', { body: { email, password: ada.password }, headers: { 'user-agent': agent } });
    const told = async () =>
      (
        await api.pool.query(
          `SELECT count(*)::int AS n FROM outbox o JOIN sessions s ON s.id = (o.payload->>'sessionId')::uuid
           WHERE o.queue = 'account' AND o.job = 'new-sign-in' AND s.user_id = $1`,
          [user.id],
        )
      ).rows[0].n;
    expect(await told()).toBe(0);
    await from('curl/8.0');
    expect(await told()).toBe(1);
    await from('curl/8.1');
    expect(await told()).toBe(1);
  });
});

const percentile = (values: number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
const median = (values: number[] = []): number => percentile(values, 0.5);
