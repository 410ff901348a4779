import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../test/app.js';
import { type Answer, get, patch, post } from '../../test/client.js';

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
const refresh = (cookie: string, headers: Record<string, string> = OURS) =>
  post(api.url, '/api/auth/refresh', { headers: { cookie, ...headers } });
/** As if the tokens had been used so long ago. */
const age = (seconds: number) =>
  api.pool.query('UPDATE refresh_tokens SET used_at = used_at - make_interval(secs => $1)', [seconds]);

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
    [
      'the web app under another of its names',
      { origin: 'http://192.168.1.5:3000', 'x-forwarded-host': '192.168.1.5:3000' },
    ],
  ])('counts when it comes from %s', async (_, headers) => {
    const cookie = cookieOf(await signUp(), 'mc_access');
    expect((await rename({ cookie, ...headers })).status).toBe(200);
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
