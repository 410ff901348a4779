import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, TEST_SECRET, type TestApi } from '../../../test/support/api.js';
import { testPool } from '../../../test/support/database.js';
import { type Person, people } from '../../../test/support/factories.js';
import { type ApiResponse, del, get, patch, post, tally } from '../../../test/support/http-client.js';
import { sabotage } from '../../../test/support/sabotage.js';
import { cleanUp } from '../../operations/clean-up/clean-up.jobs.js';
import { hashSecret, newSecret } from './secret.js';
import { SessionRenewals } from './session-renewals.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };
let number = 0;

/** The cookie that a browser sends back after this response. */
const cookieOf = (response: ApiResponse, name: string): string =>
  response.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.split(';')[0] ?? '';

/** What the database stores of a cookie's refresh token. */
const hashOf = (cookie: string) => hashSecret(cookie.replace('mc_refresh=', ''));

const signUp = () =>
  post(api.url, '/api/auth/signup', {
    body: { name: 'Ada', email: `session-${++number}@example.org`, password: 'correct horse', role: 'ORGANIZER' },
  });
const refresh = (cookie: string, headers: Record<string, string> = SAME_ORIGIN, url = api.url) =>
  post(url, '/api/auth/refresh', { headers: { cookie, ...headers } });
/** Moves the time at which tokens were used into the past. */
const age = (seconds: number) =>
  api.pool.query('UPDATE refresh_tokens SET used_at = used_at - make_interval(secs => $1)', [seconds]);
/** People with a session and its first refresh token, without the cost of hashing passwords. */
async function signedIn(n: number): Promise<(Person & { cookie: string })[]> {
  const persons = (await people(n)).map((person) => ({ ...person, secret: newSecret() }));
  await testPool().query(
    'INSERT INTO refresh_tokens (hash, session_id) SELECT * FROM unnest($1::bytea[], $2::uuid[])',
    [persons.map(({ secret }) => hashSecret(secret)), persons.map(({ sessionId }) => sessionId)],
  );
  return persons.map(({ secret, ...person }) => ({ ...person, cookie: `mc_refresh=${secret}` }));
}

/** Runs while another transaction holds the lock on the session's row. */
async function whileLocked<Result>({ sessionId }: Person, run: () => Promise<Result>): Promise<Result> {
  const holder = await testPool().connect();
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT FROM sessions WHERE id = $1 FOR UPDATE', [sessionId]);
    return await run();
  } finally {
    await holder.query('ROLLBACK');
    holder.release();
  }
}

describe('refresh token rotation', () => {
  it('returns a new pair of tokens, and the session continues', async () => {
    const first = cookieOf(await signUp(), 'mc_refresh');
    const response = await refresh(first);
    expect(response.status).toBe(200);
    expect(cookieOf(response, 'mc_refresh')).not.toBe(first);
    expect((await get(api.url, '/api/auth/me', { headers: { cookie: cookieOf(response, 'mc_access') } })).status).toBe(
      200,
    );
    expect((await refresh(cookieOf(response, 'mc_refresh'))).status).toBe(200);
  });

  it('AU-09 ends the session when a used token is used again after 30 seconds (reuse detection)', async () => {
    const stolen = cookieOf(await signUp(), 'mc_refresh');
    const ownerResponse = await refresh(stolen);
    await age(30);
    expect(await refresh(stolen)).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED' } });
    expect(await refresh(cookieOf(ownerResponse, 'mc_refresh'))).toMatchObject({
      status: 401,
      body: { code: 'SESSION_ENDED' },
    });
    expect(
      await patch(api.url, '/api/auth/me', { token: ownerResponse.body.token, body: { name: 'x' } }),
    ).toMatchObject({
      status: 401,
    });
  });

  it('AU-10 lets two tabs that renew the session within a second both continue', async () => {
    const shared = cookieOf(await signUp(), 'mc_refresh');
    const tabs = await Promise.all([refresh(shared), refresh(shared)]);
    expect(tabs.map((tab) => tab.status)).toEqual([200, 200]);
    await age(30);
    for (const tab of tabs) expect((await refresh(cookieOf(tab, 'mc_refresh'))).status).toBe(200);
  });

  it('returns the same successor to all holders of a token within the grace period', async () => {
    const shared = cookieOf(await signUp(), 'mc_refresh');
    const responses = await Promise.all([refresh(shared), refresh(shared), refresh(shared)]);
    await age(9);
    responses.push(await refresh(shared));
    const successors = new Set(responses.map((response) => cookieOf(response, 'mc_refresh')));
    expect(tally(responses)).toEqual({ 200: 4 });
    expect([...successors]).toEqual([expect.stringMatching(/^mc_refresh=[\w-]{43}$/)]);
    expect(successors).not.toContain(shared);
  });

  it.each(['thief', 'owner'])(
    'S15 ends the session when the %s renews a copied token later than the other',
    async (slower) => {
      const signedUp = await signUp();
      const copied = cookieOf(signedUp, 'mc_refresh');
      const thiefCookie = cookieOf(await refresh(copied), 'mc_refresh');
      const ownerCookie = cookieOf(await refresh(copied), 'mc_refresh');
      const [behind, ahead] = slower === 'thief' ? [thiefCookie, ownerCookie] : [ownerCookie, thiefCookie];
      const next = await refresh(ahead);
      expect(next.status).toBe(200);
      await age(30);
      expect(await refresh(behind)).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED' } });
      expect(await refresh(cookieOf(next, 'mc_refresh'))).toMatchObject({
        status: 401,
        body: { code: 'SESSION_ENDED' },
      });
      const { rows } = await api.pool.query(
        'SELECT s.ended_at, a.action FROM sessions s JOIN audit_entries a ON a.subject_id = s.id WHERE a.actor_id = $1',
        [signedUp.body.user.id],
      );
      expect(rows).toEqual([{ ended_at: expect.any(Date), action: 'session.reuse-revoked' }]);
    },
  );

  it('measures the grace period from the first use of a token, not from the last', async () => {
    const shared = cookieOf(await signUp(), 'mc_refresh');
    for (const status of [200, 200, 401]) {
      expect((await refresh(shared)).status).toBe(status);
      await age(8);
    }
  });

  it('returns the same successor on two servers', async () => {
    const second = await startApi({ databaseUrl: api.env.databaseUrl });
    const persons = await signedIn(50);
    const [fromFirst, fromSecond] = await Promise.all(
      [api, second].map(({ url }) => Promise.all(persons.map(({ cookie }) => refresh(cookie, SAME_ORIGIN, url)))),
    );
    expect(tally([...fromFirst!, ...fromSecond!])).toEqual({ 200: 100 });
    const successors = (responses: ApiResponse[]) => responses.map((response) => cookieOf(response, 'mc_refresh'));
    expect(successors(fromSecond!)).toEqual(successors(fromFirst!));
    await second.close();
  });

  it('continues beside a server of the previous release, whose tokens are random', async () => {
    const [person] = await signedIn(1);
    const first = await refresh(person!.cookie);
    const random = newSecret();
    await api.pool.query('INSERT INTO refresh_tokens (hash, session_id) VALUES ($1, $2)', [
      hashSecret(random),
      person!.sessionId,
    ]);
    for (const cookie of [cookieOf(first, 'mc_refresh'), `mc_refresh=${random}`])
      expect((await refresh(cookie)).status).toBe(200);
  });

  it('R11: the clean-up deletes a used token when no browser can send it any more, and the session continues', async () => {
    const first = cookieOf(await signUp(), 'mc_refresh');
    const second = cookieOf(await refresh(first), 'mc_refresh');
    const ageByDays = (days: number) =>
      api.pool.query(
        `UPDATE refresh_tokens SET created_at = created_at - make_interval(days => $1), used_at = used_at - make_interval(days => $1)
         WHERE hash = ANY ($2)`,
        [days, [hashOf(first), hashOf(second)]],
      );
    const known = async () =>
      (await api.pool.query('SELECT FROM refresh_tokens WHERE hash = ANY ($1)', [[hashOf(first), hashOf(second)]]))
        .rowCount;
    await ageByDays(30);
    await cleanUp(api.pool);
    expect(await known()).toBe(2);
    await ageByDays(2);
    await cleanUp(api.pool);
    // Only the used one: the other one continues the session.
    expect(await known()).toBe(1);
    expect(await refresh(first)).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED' } });
    expect((await refresh(second)).status).toBe(200);
  });

  it('R11: a token that was used 30 days ago still ends the session when it is used again', async () => {
    const first = cookieOf(await signUp(), 'mc_refresh');
    const second = cookieOf(await refresh(first), 'mc_refresh');
    await api.pool.query(
      `UPDATE refresh_tokens SET created_at = now() - interval '60 days', used_at = now() - interval '30 days' WHERE hash = $1`,
      [hashOf(first)],
    );
    await cleanUp(api.pool);
    expect((await refresh(first)).status).toBe(401);
    expect(await refresh(second)).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED' } });
  });

  it('refuses a session that has expired, and an account that is disabled', async () => {
    const [expired, disabled] = await signedIn(2);
    await api.pool.query('UPDATE sessions SET expires_at = now() WHERE id = $1', [expired!.sessionId]);
    await api.pool.query('UPDATE users SET disabled_at = now() WHERE id = $1', [disabled!.id]);
    expect(await refresh(expired!.cookie)).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED' } });
    expect(await refresh(disabled!.cookie)).toMatchObject({ status: 403, body: { code: 'ACCOUNT_DISABLED' } });
  });

  it('refuses an unknown token, and a request without a token', async () => {
    expect(await refresh('mc_refresh=made-up')).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED' } });
    expect(await refresh('other=1')).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  });

  it('stores only the hashes of tokens', async () => {
    const [, token] = cookieOf(await signUp(), 'mc_refresh').split('=');
    const { rows } = await api.pool.query('SELECT row_to_json(t)::text AS row FROM refresh_tokens t');
    expect(rows.some(({ row }) => row.includes(token))).toBe(false);
  });
});

describe('a batch of session renewals', () => {
  it('renews 200 sessions of concurrent requests in fewer statements', async () => {
    const persons = await signedIn(200);
    const query = vi.spyOn(api.pool, 'query');
    const holder = await testPool().connect();
    await holder.query('BEGIN');
    // The first statement waits for it, until all requests have arrived.
    await holder.query('LOCK TABLE refresh_tokens IN EXCLUSIVE MODE');
    const renewing = Promise.all(persons.map(({ cookie }) => refresh(cookie)));
    const waiting = Reflect.get(api.app.get(SessionRenewals), 'waiting') as Map<string, number>;
    await vi.waitFor(() => expect(waiting.size).toBe(200), { timeout: 2_000, interval: 5 });
    await holder.query('ROLLBACK');
    holder.release();
    const responses = await renewing;
    const statements = query.mock.calls.filter(([config]) => (config as { name?: string }).name === 'renew_sessions');
    query.mockRestore();
    expect(tally(responses)).toEqual({ 200: 200 });
    expect(responses.map(({ body }) => body.user.id)).toEqual(persons.map(({ id }) => id));
    expect(statements.length).toBeLessThanOrEqual(2);
    const again = await Promise.all(responses.map((response) => refresh(cookieOf(response, 'mc_refresh'))));
    expect(tally(again)).toEqual({ 200: 200 });
  });

  it('delays only the session whose row another transaction has locked', async () => {
    const [locked, ...others] = await signedIn(50);
    const { late, inTime } = await whileLocked(locked!, async () => {
      const late = refresh(locked!.cookie);
      return { late, inTime: await Promise.all(others.map(({ cookie }) => refresh(cookie))) };
    });
    expect(tally(inTime)).toEqual({ 200: 49 });
    expect((await late).status).toBe(200);
  });

  it('responds with 503 BUSY for a session that stays locked for 3 seconds, and the same token works later', async () => {
    const [person] = await signedIn(1);
    const response = await whileLocked(person!, () => refresh(person!.cookie));
    expect(response).toMatchObject({ status: 503, body: { code: 'BUSY' } });
    expect(response.headers.get('retry-after')).toBe('1');
    expect((await refresh(person!.cookie)).status).toBe(200);
  });

  it('responds with 503 BUSY at once when 5,000 renewals are waiting', async () => {
    const { renewals, unblock } = aBlockedDatabase();
    const waiting = Array.from({ length: 5_000 }, (_, i) => renewals.renew(`token ${i}`));
    await expect(renewals.renew('one more')).rejects.toMatchObject({ code: 'BUSY' });
    unblock();
    expect(new Set((await Promise.all(waiting)).map(({ outcome }) => outcome))).toEqual(new Set(['ENDED']));
  });

  it('runs no statement for callers that have timed out', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const { renewals, query, unblock } = aBlockedDatabase();
    const early = expect(renewals.renew('early')).rejects.toMatchObject({ code: 'BUSY' });
    // The statement is sent at the end of an iteration of the event loop.
    await nextTurn();
    await nextTurn();
    const behind = expect(renewals.renew('behind')).rejects.toMatchObject({ code: 'BUSY' });
    await vi.advanceTimersByTimeAsync(3_000);
    await Promise.all([early, behind]);
    const waiting = renewals.renew('waiting');
    unblock();
    expect(await waiting).toEqual({ outcome: 'ENDED' });
    vi.useRealTimers();
    expect(query.mock.calls.map(([{ values }]) => values[0].length)).toEqual([1, 1]);
  });

  /** Does not respond until `unblock()`, and then reports every token as unknown. */
  function aBlockedDatabase() {
    let unblock = () => {};
    const blocked = new Promise<void>((resolve) => {
      unblock = resolve;
    });
    const query = vi.fn(async ({ values: [hashes] }: { values: [unknown[]] }) => {
      await blocked;
      return { rows: hashes.map((_, i) => ({ n: i + 1, outcome: 'ENDED' })) };
    });
    const renewals = new SessionRenewals({ query } as unknown as pg.Pool, { jwtSecret: TEST_SECRET });
    return { renewals, query, unblock };
  }

  it('renews several tokens of one session, one of them twice, in one batch', async () => {
    const [person] = await signedIn(1);
    const successor = cookieOf(await refresh(person!.cookie), 'mc_refresh');
    const outcomes = await renewInOneBatch([person!.cookie, successor, successor]);
    expect(outcomes).toEqual(['RENEWED', 'RENEWED', 'RENEWED']);
  });

  it('gives no token of a session a successor when another one is reused after the grace period', async () => {
    const [person] = await signedIn(1);
    const successor = cookieOf(await refresh(person!.cookie), 'mc_refresh');
    await age(30);
    expect(await renewInOneBatch([successor, person!.cookie])).toEqual(['ENDED', 'ENDED']);
    const { rows } = await api.pool.query('SELECT FROM refresh_tokens WHERE session_id = $1', [person!.sessionId]);
    expect(rows).toHaveLength(2);
  });

  /** Renews all tokens in one statement. */
  async function renewInOneBatch(cookies: string[]): Promise<string[]> {
    const tokens = cookies.map((cookie) => cookie.replace('mc_refresh=', ''));
    const { rows } = await api.pool.query<{ outcome: string }>(
      'SELECT outcome FROM renew_sessions_v1($1, $2, 10, 30) ORDER BY n',
      [tokens.map(hashSecret), tokens.map((token) => hashSecret(`${token}, next`))],
    );
    return rows.map(({ outcome }) => outcome);
  }
});

describe('S17 on a server whose clock is ten minutes fast', () => {
  it('a session is listed until it expires, and ends now, by the clock of the database', async () => {
    const [person] = await signedIn(1);
    await api.pool.query(`UPDATE sessions SET expires_at = now() + interval '5 minutes' WHERE id = $1`, [
      person!.sessionId,
    ]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 600_000 });
    const listed = await get(api.url, '/api/auth/sessions', { token: person!.token });
    const ended = await del(api.url, `/api/auth/sessions/${person!.sessionId}`, { token: person!.token });
    vi.useRealTimers();
    expect(listed.body.items).toMatchObject([{ id: person!.sessionId, current: true }]);
    expect(ended.status).toBe(204);
    const { rows } = await api.pool.query('SELECT ended_at <= now() AS past FROM sessions WHERE id = $1', [
      person!.sessionId,
    ]);
    expect(rows).toEqual([{ past: true }]);
  });
});

describe('S17 on a server whose clock is ten minutes slow', () => {
  it('S17: an account, its session and refresh token are created now, by the clock of the database', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 600_000 });
    const signedUp = await signUp();
    vi.useRealTimers();
    const { rows } = await api.pool.query(
      `SELECT least(u.created_at, s.created_at, t.created_at) > now() - interval '1 minute' AS now
       FROM users u JOIN sessions s ON s.user_id = u.id JOIN refresh_tokens t ON t.session_id = s.id WHERE t.hash = $1`,
      [hashOf(cookieOf(signedUp, 'mc_refresh'))],
    );
    expect(rows).toEqual([{ now: true }]);
  });
});

describe('signing out', () => {
  it('ends the session of the refresh cookie, also without an access token, and clears both cookies', async () => {
    const signedUp = await signUp();
    const cookie = cookieOf(signedUp, 'mc_refresh');
    const response = await post(api.url, '/api/auth/logout', { headers: { cookie, ...SAME_ORIGIN } });
    expect(response.status).toBe(204);
    for (const cleared of response.headers.getSetCookie()) expect(cleared).toMatch(/=; .*Expires=Thu, 01 Jan 1970/);
    expect((await refresh(cookie)).status).toBe(401);
    expect(await patch(api.url, '/api/auth/me', { token: signedUp.body.token, body: { name: 'x' } })).toMatchObject({
      body: { code: 'SESSION_ENDED' },
    });
  });
});

describe('AU-17 a request with cookies only', () => {
  const rename = (headers: Record<string, string>) =>
    patch(api.url, '/api/auth/me', { headers, body: { name: 'Renamed' } });

  it.each([
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['from another site, with an old browser', { origin: 'https://evil.example' }],
    ['from another origin of the same site', { 'sec-fetch-site': 'same-site', origin: 'http://evil.localhost:3000' }],
    ['from a sandboxed frame', { origin: 'null' }],
    ['without a header that names the origin', {} as Record<string, string>],
  ])('is refused %s', async (_, headers) => {
    const cookie = cookieOf(await signUp(), 'mc_access');
    expect(await rename({ cookie, ...headers })).toMatchObject({ status: 403, body: { code: 'CROSS_SITE_REQUEST' } });
  });

  it.each([
    ['a page of the same origin', { 'sec-fetch-site': 'same-origin' }],
    ['the web app on its own origin', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' }],
    ['the web app, with an old browser', { origin: 'http://localhost:3000' }],
  ])('is accepted from %s', async (_, headers) => {
    const cookie = cookieOf(await signUp(), 'mc_access');
    expect((await rename({ cookie, ...headers })).status).toBe(200);
  });

  it('is accepted from a page on the host of the request, whatever its name is', async () => {
    const cookie = cookieOf(await signUp(), 'mc_access');
    expect((await rename({ cookie, origin: api.url })).status).toBe(200);
  });

  it('S13 is checked by Fetch Metadata if present, and otherwise by scheme and host', async () => {
    const cookie = cookieOf(await signUp(), 'mc_access');
    const foreign = [
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' },
      { 'sec-fetch-site': 'cross-site', origin: api.url, 'x-forwarded-host': new URL(api.url).host },
      { origin: api.url.replace('http:', 'https:') },
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    ];
    for (const headers of foreign)
      expect(await rename({ cookie, ...headers })).toMatchObject({ status: 403, body: { code: 'CROSS_SITE_REQUEST' } });
  });

  it('S24 may sign in and up again without an Origin header, but not from another site', async () => {
    const account = { name: 'Ada', email: 'jar@example.org', password: 'correct horse', role: 'PARTICIPANT' };
    const cookie = cookieOf(await signUp(), 'mc_refresh');
    const jar = { headers: { cookie } };
    expect((await post(api.url, '/api/auth/signup', { body: account, ...jar })).status).toBe(201);
    expect((await post(api.url, '/api/auth/login', { body: account, ...jar })).status).toBe(400);
    const { email, password } = account;
    expect((await post(api.url, '/api/auth/login', { body: { email, password }, ...jar })).status).toBe(200);
    const foreign = { headers: { cookie, origin: 'https://evil.example' } };
    expect((await post(api.url, '/api/auth/login', { body: { email, password }, ...foreign })).status).toBe(403);
    expect((await post(api.url, '/api/auth/logout', jar)).status).toBe(403);
  });

  it('needs no origin with a bearer token, which takes precedence over a cookie', async () => {
    const [mine, other] = [await signUp(), await signUp()];
    const cookie = cookieOf(other, 'mc_access');
    const response = await patch(api.url, '/api/auth/me', {
      token: mine.body.token,
      headers: { cookie, origin: 'https://evil.example' },
      body: { name: 'Mine' },
    });
    expect(response).toMatchObject({ status: 200, body: { id: mine.body.user.id } });
  });

  it('is refused from another site for the refresh cookie too', async () => {
    const cookie = cookieOf(await signUp(), 'mc_refresh');
    expect((await refresh(cookie, { origin: 'https://evil.example' })).status).toBe(403);
  });
});

describe('session renewal without one of its protections', () => {
  let intact: TestApi;
  beforeAll(async () => {
    intact = api;
    api = await startApi();
  });
  afterAll(async () => {
    await api.close();
    api = intact;
  });

  it('without SKIP LOCKED one locked session delays the whole batch', async () => {
    await sabotage('renew_sessions_v1', ' SKIP LOCKED', '');
    const [locked, ...others] = await signedIn(20);
    const { all, meanwhile } = await whileLocked(locked!, async () => {
      const all = Promise.all([locked!, ...others].map(({ cookie }) => refresh(cookie)));
      return { all, meanwhile: await Promise.race([all, pause(1_000, 'still waiting')]) };
    });
    expect(meanwhile).toBe('still waiting');
    await all;
  });

  it('without reuse detection a copied token stays valid', async () => {
    await sabotage('renew_sessions_v1', 't.used_at < now() - make_interval(secs => p_grace_seconds)', 'false');
    const [person] = await signedIn(1);
    expect((await refresh(person!.cookie)).status).toBe(200);
    await age(30);
    expect((await refresh(person!.cookie)).status).toBe(200);
  });

  it('a statement that hangs costs its own callers 2 seconds, and the callers behind it continue', async () => {
    const [stuck, behind] = await signedIn(2);
    const hash = Buffer.from(hashSecret(stuck!.cookie.replace('mc_refresh=', ''))).toString('hex');
    await sabotage(
      'renew_sessions_v1',
      '-- 1. Lock.',
      `IF '\\x${hash}'::bytea = ANY (p_hashes) THEN PERFORM pg_sleep(60); END IF; --`,
    );
    const hanging = refresh(stuck!.cookie);
    await pause(500);
    expect((await refresh(behind!.cookie)).status).toBe(200);
    expect(await hanging).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
  });
});
