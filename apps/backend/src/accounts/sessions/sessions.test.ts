import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, TEST_SECRET, type TestApi } from '../../../test/app.js';
import { type Answer, del, get, patch, post, tally } from '../../../test/client.js';
import { testPool } from '../../../test/database.js';
import { type Person, people } from '../../../test/factories.js';
import { sabotage } from '../../../test/sabotage.js';
import { hashSecret, newSecret } from './secret.js';
import { SessionRenewals } from './session-renewals.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const OURS = { 'sec-fetch-site': 'same-origin' };
let number = 0;

/** A browser's cookie, as the answer set it. */
const cookieOf = (answer: Answer, name: string): string =>
  answer.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith(`${name}=`))
    ?.split(';')[0] ?? '';

const signUp = () =>
  post(api.url, '/api/auth/signup', {
    body: { name: 'Ada', email: `session-${++number}@example.org`, password: 'correct horse', role: 'ORGANIZER' },
  });
const refresh = (cookie: string, headers: Record<string, string> = OURS, url = api.url) =>
  post(url, '/api/auth/refresh', { headers: { cookie, ...headers } });
/** As if the tokens had been used so long ago. */
const age = (seconds: number) =>
  api.pool.query('UPDATE refresh_tokens SET used_at = used_at - make_interval(secs => $1)', [seconds]);
/** People with a session each and its first refresh token, without a password to hash. */
async function signedIn(n: number): Promise<(Person & { cookie: string })[]> {
  const persons = (await people(n)).map((person) => ({ ...person, secret: newSecret() }));
  await testPool().query(
    'INSERT INTO refresh_tokens (hash, session_id) SELECT * FROM unnest($1::bytea[], $2::uuid[])',
    [persons.map(({ secret }) => hashSecret(secret)), persons.map(({ sessionId }) => sessionId)],
  );
  return persons.map(({ secret, ...person }) => ({ ...person, cookie: `mc_refresh=${secret}` }));
}

/** As long as it runs, another transaction holds the session's row. */
async function whileHeld<Result>({ sessionId }: Person, run: () => Promise<Result>): Promise<Result> {
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

describe('rotation', () => {
  it('gives a new pair, and the session goes on', async () => {
    const first = cookieOf(await signUp(), 'mc_refresh');
    const answer = await refresh(first);
    expect(answer.status).toBe(200);
    expect(cookieOf(answer, 'mc_refresh')).not.toBe(first);
    expect((await get(api.url, '/api/auth/me', { headers: { cookie: cookieOf(answer, 'mc_access') } })).status).toBe(
      200,
    );
    expect((await refresh(cookieOf(answer, 'mc_refresh'))).status).toBe(200);
  });

  it('AU-09 ends the whole family when a used token comes again after 30 seconds', async () => {
    const stolen = cookieOf(await signUp(), 'mc_refresh');
    const owners = await refresh(stolen);
    await age(30);
    expect(await refresh(stolen)).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED' } });
    expect(await refresh(cookieOf(owners, 'mc_refresh'))).toMatchObject({
      status: 401,
      body: { code: 'SESSION_ENDED' },
    });
    expect(await patch(api.url, '/api/auth/me', { token: owners.body.token, body: { name: 'x' } })).toMatchObject({
      status: 401,
    });
  });

  it('AU-10 lets two tabs go on that refresh within a second', async () => {
    const shared = cookieOf(await signUp(), 'mc_refresh');
    const tabs = await Promise.all([refresh(shared), refresh(shared)]);
    expect(tabs.map((tab) => tab.status)).toEqual([200, 200]);
    await age(30);
    for (const tab of tabs) expect((await refresh(cookieOf(tab, 'mc_refresh'))).status).toBe(200);
  });

  it('gives everybody who holds a token the same successor within the grace period', async () => {
    const shared = cookieOf(await signUp(), 'mc_refresh');
    const answers = await Promise.all([refresh(shared), refresh(shared), refresh(shared)]);
    await age(9);
    answers.push(await refresh(shared));
    const successors = new Set(answers.map((answer) => cookieOf(answer, 'mc_refresh')));
    expect(tally(answers)).toEqual({ 200: 4 });
    expect([...successors]).toEqual([expect.stringMatching(/^mc_refresh=[\w-]{43}$/)]);
    expect(successors).not.toContain(shared);
  });

  it.each(['thief', 'owner'])('S15 ends the session when the %s falls behind with a copied token', async (slower) => {
    const signedUp = await signUp();
    const copied = cookieOf(signedUp, 'mc_refresh');
    const thiefs = cookieOf(await refresh(copied), 'mc_refresh');
    const owners = cookieOf(await refresh(copied), 'mc_refresh');
    const [behind, ahead] = slower === 'thief' ? [thiefs, owners] : [owners, thiefs];
    const next = await refresh(ahead);
    expect(next.status).toBe(200);
    await age(30);
    expect(await refresh(behind)).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED' } });
    expect(await refresh(cookieOf(next, 'mc_refresh'))).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED' } });
    const { rows } = await api.pool.query(
      'SELECT s.ended_at, a.action FROM sessions s JOIN audit_entries a ON a.subject_id = s.id WHERE a.actor_id = $1',
      [signedUp.body.user.id],
    );
    expect(rows).toEqual([{ ended_at: expect.any(Date), action: 'session.reuse-revoked' }]);
  });

  it('measures the grace period from the first use of a token, not from the last', async () => {
    const shared = cookieOf(await signUp(), 'mc_refresh');
    for (const status of [200, 200, 401]) {
      expect((await refresh(shared)).status).toBe(status);
      await age(8);
    }
  });

  it('gives the same successor on two servers', async () => {
    const second = await startApi({ databaseUrl: api.env.databaseUrl });
    const persons = await signedIn(50);
    const [here, there] = await Promise.all(
      [api, second].map(({ url }) => Promise.all(persons.map(({ cookie }) => refresh(cookie, OURS, url)))),
    );
    expect(tally([...here!, ...there!])).toEqual({ 200: 100 });
    const successors = (answers: Answer[]) => answers.map((answer) => cookieOf(answer, 'mc_refresh'));
    expect(successors(there!)).toEqual(successors(here!));
    await second.close();
  });

  it('goes on beside a server of the release before, whose tokens are random', async () => {
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

  it('refuses a session that has expired, and an account that is disabled', async () => {
    const [expired, disabled] = await signedIn(2);
    await api.pool.query('UPDATE sessions SET expires_at = now() WHERE id = $1', [expired!.sessionId]);
    await api.pool.query('UPDATE users SET disabled_at = now() WHERE id = $1', [disabled!.id]);
    expect(await refresh(expired!.cookie)).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED' } });
    expect(await refresh(disabled!.cookie)).toMatchObject({ status: 403, body: { code: 'ACCOUNT_DISABLED' } });
  });

  it('refuses an unknown token, and asks for one', async () => {
    expect(await refresh('mc_refresh=made-up')).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED' } });
    expect(await refresh('other=1')).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  });

  it('keeps no token, only hashes', async () => {
    const [, token] = cookieOf(await signUp(), 'mc_refresh').split('=');
    const { rows } = await api.pool.query('SELECT row_to_json(t)::text AS row FROM refresh_tokens t');
    expect(rows.some(({ row }) => row.includes(token))).toBe(false);
  });
});

describe('a batch of renewals', () => {
  it('renews 200 sessions that come at once, in fewer statements', async () => {
    const persons = await signedIn(200);
    const query = vi.spyOn(api.pool, 'query');
    const answers = await Promise.all(persons.map(({ cookie }) => refresh(cookie)));
    const statements = query.mock.calls.filter(([config]) => (config as { name?: string }).name === 'renew_sessions');
    query.mockRestore();
    expect(tally(answers)).toEqual({ 200: 200 });
    expect(answers.map(({ body }) => body.user.id)).toEqual(persons.map(({ id }) => id));
    expect(statements.length).toBeLessThan(100);
    const again = await Promise.all(answers.map((answer) => refresh(cookieOf(answer, 'mc_refresh'))));
    expect(tally(again)).toEqual({ 200: 200 });
  });

  it('holds up nobody but the one whose session another transaction holds', async () => {
    const [held, ...others] = await signedIn(50);
    const { late, inTime } = await whileHeld(held!, async () => {
      const late = refresh(held!.cookie);
      return { late, inTime: await Promise.all(others.map(({ cookie }) => refresh(cookie))) };
    });
    expect(tally(inTime)).toEqual({ 200: 49 });
    expect((await late).status).toBe(200);
  });

  it('is a declared 503 for a session that stays held for 3 seconds, and the same token works later', async () => {
    const [person] = await signedIn(1);
    const answer = await whileHeld(person!, () => refresh(person!.cookie));
    expect(answer).toMatchObject({ status: 503, body: { code: 'BUSY' } });
    expect(answer.headers.get('retry-after')).toBe('1');
    expect((await refresh(person!.cookie)).status).toBe(200);
  });

  it('is a declared 503 at once when 5,000 renewals wait already', async () => {
    const { renewals, answer } = aSilentDatabase();
    const waiting = Array.from({ length: 5_000 }, (_, i) => renewals.renew(`token ${i}`));
    await expect(renewals.renew('one more')).rejects.toMatchObject({ code: 'BUSY' });
    answer();
    expect(new Set((await Promise.all(waiting)).map(({ outcome }) => outcome))).toEqual(new Set(['ENDED']));
  });

  it('costs no statement for callers who have given up waiting', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const { renewals, query, answer } = aSilentDatabase();
    const early = expect(renewals.renew('early')).rejects.toMatchObject({ code: 'BUSY' });
    await nextTurn();
    const behind = expect(renewals.renew('behind')).rejects.toMatchObject({ code: 'BUSY' });
    await vi.advanceTimersByTimeAsync(3_000);
    await Promise.all([early, behind]);
    const waiting = renewals.renew('waiting');
    answer();
    expect(await waiting).toEqual({ outcome: 'ENDED' });
    vi.useRealTimers();
    expect(query.mock.calls.map(([{ values }]) => values[0].length)).toEqual([1, 1]);
  });

  /** Every token is unknown to it, which it says when the test lets it. */
  function aSilentDatabase() {
    let answer = () => {};
    const silence = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const query = vi.fn(async ({ values: [hashes] }: { values: [unknown[]] }) => {
      await silence;
      return { rows: hashes.map((_, i) => ({ n: i + 1, outcome: 'ENDED' })) };
    });
    const renewals = new SessionRenewals({ query } as unknown as pg.Pool, { jwtSecret: TEST_SECRET });
    return { renewals, query, answer };
  }

  it('renews several tokens of one session, and one of them twice', async () => {
    const [person] = await signedIn(1);
    const successor = cookieOf(await refresh(person!.cookie), 'mc_refresh');
    const outcomes = await renewTogether([person!.cookie, successor, successor]);
    expect(outcomes).toEqual(['RENEWED', 'RENEWED', 'RENEWED']);
  });

  it('gives none of the tokens of a session a successor when one of them was used long ago', async () => {
    const [person] = await signedIn(1);
    const successor = cookieOf(await refresh(person!.cookie), 'mc_refresh');
    await age(30);
    expect(await renewTogether([successor, person!.cookie])).toEqual(['ENDED', 'ENDED']);
    const { rows } = await api.pool.query('SELECT FROM refresh_tokens WHERE session_id = $1', [person!.sessionId]);
    expect(rows).toHaveLength(2);
  });

  /** In one statement for certain. */
  async function renewTogether(cookies: string[]): Promise<string[]> {
    const tokens = cookies.map((cookie) => cookie.replace('mc_refresh=', ''));
    const { rows } = await api.pool.query<{ outcome: string }>(
      'SELECT outcome FROM renew_sessions_v1($1, $2, 10, 30) ORDER BY n',
      [tokens.map(hashSecret), tokens.map((token) => hashSecret(`${token}, next`))],
    );
    return rows.map(({ outcome }) => outcome);
  }
});

describe('S17 on a server whose clock is ten minutes fast', () => {
  it('a session is listed until it has expired, and ends now, by the clock of the database', async () => {
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

describe('logging out', () => {
  it('ends the session of the cookie, also when the access token is gone, and clears both', async () => {
    const signedUp = await signUp();
    const cookie = cookieOf(signedUp, 'mc_refresh');
    const answer = await post(api.url, '/api/auth/logout', { headers: { cookie, ...OURS } });
    expect(answer.status).toBe(204);
    for (const cleared of answer.headers.getSetCookie()) expect(cleared).toMatch(/=; .*Expires=Thu, 01 Jan 1970/);
    expect((await refresh(cookie)).status).toBe(401);
    expect(await patch(api.url, '/api/auth/me', { token: signedUp.body.token, body: { name: 'x' } })).toMatchObject({
      body: { code: 'SESSION_ENDED' },
    });
  });
});

describe('AU-17 what a browser sends by itself', () => {
  const rename = (headers: Record<string, string>) =>
    patch(api.url, '/api/auth/me', { headers, body: { name: 'Renamed' } });

  it.each([
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['from another site, with an old browser', { origin: 'https://evil.example' }],
    ['from a neighbouring site', { 'sec-fetch-site': 'same-site', origin: 'http://evil.localhost:3000' }],
    ['from a sandboxed frame', { origin: 'null' }],
    ['from nobody knows where', {} as Record<string, string>],
  ])('is refused %s', async (_, headers) => {
    const cookie = cookieOf(await signUp(), 'mc_access');
    expect(await rename({ cookie, ...headers })).toMatchObject({ status: 403, body: { code: 'CROSS_SITE_REQUEST' } });
  });

  it.each([
    ['our own page', { 'sec-fetch-site': 'same-origin' }],
    ['the web app on its own origin', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' }],
    ['the web app, with an old browser', { origin: 'http://localhost:3000' }],
  ])('counts when it comes from %s', async (_, headers) => {
    const cookie = cookieOf(await signUp(), 'mc_access');
    expect((await rename({ cookie, ...headers })).status).toBe(200);
  });

  it('counts when it comes from a page on the address that was asked, whatever name that is', async () => {
    const cookie = cookieOf(await signUp(), 'mc_access');
    expect((await rename({ cookie, origin: api.url })).status).toBe(200);
  });

  it('S13 is judged by Fetch Metadata where it is there, and by the scheme as well as the host', async () => {
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

  it('S24 does not keep a client without Origin from signing in and up again, but another site', async () => {
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

  it('needs nothing with a bearer token, which counts even beside a cookie', async () => {
    const [mine, other] = [await signUp(), await signUp()];
    const cookie = cookieOf(other, 'mc_access');
    const answer = await patch(api.url, '/api/auth/me', {
      token: mine.body.token,
      headers: { cookie, origin: 'https://evil.example' },
      body: { name: 'Mine' },
    });
    expect(answer).toMatchObject({ status: 200, body: { id: mine.body.user.id } });
  });

  it('is refused for the refresh cookie too', async () => {
    const cookie = cookieOf(await signUp(), 'mc_refresh');
    expect((await refresh(cookie, { origin: 'https://evil.example' })).status).toBe(403);
  });
});

describe('a protection of renewing that is taken away', () => {
  let intact: TestApi;
  beforeAll(async () => {
    intact = api;
    api = await startApi();
  });
  afterAll(async () => {
    await api.close();
    api = intact;
  });

  it('without SKIP LOCKED one held session holds up everybody in the batch', async () => {
    await sabotage('renew_sessions_v1', ' SKIP LOCKED', '');
    const [held, ...others] = await signedIn(20);
    const { all, meanwhile } = await whileHeld(held!, async () => {
      const all = Promise.all([held!, ...others].map(({ cookie }) => refresh(cookie)));
      return { all, meanwhile: await Promise.race([all, pause(1_000, 'still waiting')]) };
    });
    expect(meanwhile).toBe('still waiting');
    await all;
  });

  it('without the look at its use a copied token lives on beside its owner', async () => {
    await sabotage('renew_sessions_v1', 't.used_at < now() - make_interval(secs => p_grace_seconds)', 'false');
    const [person] = await signedIn(1);
    expect((await refresh(person!.cookie)).status).toBe(200);
    await age(30);
    expect((await refresh(person!.cookie)).status).toBe(200);
  });

  it('a statement that hangs costs its own callers 2 seconds, and the ones behind it go on', async () => {
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
