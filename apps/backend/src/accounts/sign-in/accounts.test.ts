import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aPerson, people } from '../../../test/support/factories.js';
import { call, get, patch, post, tally } from '../../../test/support/http-client.js';
import { Clock } from '../../platform/time/clock.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const signup = (body: object) => post(api.url, '/api/auth/signup', { body });
const login = (email: string, password: string) => post(api.url, '/api/auth/login', { body: { email, password } });
const ada = { name: 'Ada', password: 'correct horse', role: 'PARTICIPANT' };
const accountsWith = async (email: string) =>
  (await api.pool.query('SELECT count(*)::int AS n FROM users WHERE email = $1', [email.toLowerCase()])).rows[0].n;

describe('signing up', () => {
  it.each(['participant', 'organizer', 'Participant', 'ORGANIZER'])('accepts the role "%s"', async (role) => {
    const response = await signup({ ...ada, role, email: `as-${crypto.randomUUID()}@example.org` });
    expect(response.status).toBe(201);
    expect(response.body.user.role).toBe(role.toUpperCase());
    const me = await get(api.url, '/api/auth/me', { token: response.body.token });
    const unverified = { emailVerified: false, newEmail: null, verification: 'none' };
    expect(me.body).toEqual({ ...response.body.user, unread: 0, isStaff: false, ...unverified });
  });

  it.each([
    ['role ADMIN', { role: 'ADMIN' }],
    ['a list of roles', { role: ['ORGANIZER', 'ADMIN'] }],
    ['isAdmin', { isAdmin: true }],
    ['an id', { id: '00000000-0000-7000-8000-000000000000' }],
    ['a line break in the name', { name: 'Ada\r\nBcc: x@example.org' }],
    ['a short password', { password: 'short' }],
  ])('AU-01 refuses %s and creates no account', async (_, invalid) => {
    const response = await signup({ ...ada, email: 'au01@example.org', ...invalid });
    expect(response).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(response.body.errors.length).toBeGreaterThan(0);
    expect(await accountsWith('au01@example.org')).toBe(0);
  });

  it.each(['a@example.org, b@example.org', 'a@example.org\r\nBcc: b@example.org', 'a@example.org <b@example.org>'])(
    'JB-21 refuses an address that contains two (%#)',
    async (email) => {
      expect((await signup({ ...ada, email })).status).toBe(400);
    },
  );

  it('AU-03 creates one account from fifty concurrent sign-ups with one address in different letter case', async () => {
    const spellings = ['Fifty@Example.org', 'fifty@example.org', 'FIFTY@EXAMPLE.ORG'];
    const responses = await Promise.all(
      Array.from({ length: 50 }, (_, i) => signup({ ...ada, email: spellings[i % 3] as string })),
    );
    expect(tally(responses)).toEqual({ 201: 1, EMAIL_TAKEN: 49 });
    expect(await accountsWith('fifty@example.org')).toBe(1);
  });

  it('sabotage of AU-03: without the unique index a second account is created', async () => {
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

describe('signing in', () => {
  it('ignores the letter case of the address and sets HttpOnly cookies', async () => {
    await signup({ ...ada, email: 'cookies@example.org' });
    const response = await login('Cookies@Example.org', ada.password);
    expect(response.status).toBe(200);
    const cookies = response.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=')[0]).sort()).toEqual(['mc_access', 'mc_refresh']);
    for (const cookie of cookies) expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('AU-04 does not reveal by response or duration whether an address is unknown or the password is wrong', async () => {
    await signup({ ...ada, email: 'known@example.org' });
    const texts = new Set<string>();
    // CPU time, since hashing is what takes long: how long it takes on the clock depends on what else the machine does.
    const durationOf = async (name: string) => {
      const start = process.cpuUsage();
      const response = await login(`${name}@example.org`, 'not the password');
      const { user, system } = process.cpuUsage(start);
      texts.add(`${response.status} ${JSON.stringify({ ...response.body, requestId: '' })}`);
      return user + system;
    };
    const ratios: number[] = [];
    for (let i = 0; i < 50; i++) {
      const [known, unknown] = [await durationOf('known'), await durationOf('unknown')];
      const [unknownFirst, knownSecond] = [await durationOf('unknown'), await durationOf('known')];
      ratios.push(known / unknown, knownSecond / unknownFirst);
    }
    expect(Math.abs(median(ratios) - 1)).toBeLessThan(0.1);
    expect([...texts]).toHaveLength(1);
    expect([...texts][0]).toContain('CREDENTIALS_INVALID');
  }, 300_000);

  it('AU-06 throttles a hundred wrong passwords, and lets the owner sign in later', async () => {
    const limited = await startApi({ databaseUrl: api.env.databaseUrl, rateLimits: true, trustedHops: 1 });
    const clock = limited.app.get(Clock);
    try {
      await signup({ ...ada, email: 'guessed@example.org' });
      const attempt = (password: string, headers = {}) =>
        post(limited.url, '/api/auth/login', { body: { email: 'guessed@example.org', password }, headers });
      const guesses = await Promise.all(Array.from({ length: 100 }, (_, i) => attempt(`guess ${i}`)));
      expect(tally(guesses)).toEqual({ CREDENTIALS_INVALID: 10, TOO_MANY_REQUESTS: 90 });
      const throttled = await attempt(ada.password);
      expect(throttled.status).toBe(429);
      const wait = Number(throttled.headers.get('retry-after'));
      expect(wait).toBeGreaterThan(0);
      // From another IP address the owner can sign in during the attack.
      expect((await attempt(ada.password, { 'x-forwarded-for': '203.0.113.7' })).status).toBe(200);
      const later = new Date(Date.now() + wait * 1000);
      vi.spyOn(clock, 'now').mockReturnValue(later);
      expect((await attempt(ada.password)).status).toBe(200);
    } finally {
      await limited.close();
    }
  });

  it('AU-12 refuses writes and sign-ins of a disabled account at once', async () => {
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
  it('changes the password only with the current one, and ends the other sessions', async () => {
    const email = 'profile@example.org';
    const token = (await signup({ ...ada, email })).body.token;
    const otherToken = (await login(email, ada.password)).body.token;
    const change = (body: object) => patch(api.url, '/api/auth/me', { token, body });
    expect(await change({ password: 'another horse' })).toMatchObject({ status: 400 });
    expect(await change({ password: 'another horse', currentPassword: 'wrong' })).toMatchObject({
      body: { code: 'WRONG_PASSWORD' },
    });
    expect(await change({ role: 'ADMIN' })).toMatchObject({ status: 400 });
    expect((await change({ password: 'another horse', currentPassword: ada.password })).status).toBe(200);
    expect((await change({ name: 'Still here' })).body.name).toBe('Still here');
    expect(await patch(api.url, '/api/auth/me', { token: otherToken, body: { name: 'x' } })).toMatchObject({
      body: { code: 'SESSION_ENDED' },
    });
    expect((await login(email, ada.password)).status).toBe(401);
    expect((await login(email, 'another horse')).status).toBe(200);
  });

  it('lists the sessions of the account and ends one of them', async () => {
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

  it('enqueues one message for the sign-ins from a new device', async () => {
    const email = 'device@example.org';
    const { user } = (await signup({ ...ada, email })).body;
    const from = (agent: string) =>
      post(api.url, '/api/auth/login', { body: { email, password: ada.password }, headers: { 'user-agent': agent } });
    const messages = async () =>
      (
        await api.pool.query(
          `SELECT count(*)::int AS n FROM outbox o JOIN sessions s ON s.id = (o.payload->>'sessionId')::uuid
           WHERE o.queue = 'account' AND o.job = 'new-sign-in' AND s.user_id = $1`,
          [user.id],
        )
      ).rows[0].n;
    expect(await messages()).toBe(0);
    await from('curl/8.0');
    expect(await messages()).toBe(1);
    await from('curl/8.1');
    expect(await messages()).toBe(1);
  });
});

const median = (values: number[] = []): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

describe('the account of a signed-in person', () => {
  it('is read together with those of others who ask at the same time, and everybody gets their own', async () => {
    const persons = await people(200);
    const statements = vi.spyOn(api.pool, 'query');
    const responses = await Promise.all(persons.map(({ token }) => get(api.url, '/api/auth/me', { token })));
    const reads = statements.mock.calls.length;
    statements.mockRestore();
    expect(responses.map(({ body }) => body.id)).toEqual(persons.map(({ id }) => id));
    expect(reads).toBeLessThan(persons.length / 2);
  });
});
