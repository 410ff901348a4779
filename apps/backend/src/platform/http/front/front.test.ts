import { createHash } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FaultProxy } from '../../../../../../tools/src/testing/fault-proxy.js';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { aCompetition, anOrganizer, aPerson, type Person } from '../../../../test/support/factories.js';
import { call, get, post } from '../../../../test/support/http-client.js';
import { startFront, type TestFront } from '../../../../test/support/processes.js';
import { subscribe } from '../../../../test/support/seat-subscriber.js';

let database: TestDatabase;
let proxy: FaultProxy;
let front: TestFront;
beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await FaultProxy.open(database.url);
  front = await startFront({ databaseUrl: proxy.url, jwtExpirationSeconds: 900 });
});
afterAll(async () => {
  await front.close();
  await proxy.close();
  await database.drop();
});

const HTML = { accept: 'text/html' };
const page = (path: string, headers: Record<string, string> = {}) =>
  get(front.frontUrl, path, { headers: { ...HTML, ...headers } });
const cookieOf = ({ token }: Person) => `mc_access=${token}`;
const policyOf = (response: { headers: Headers }) => response.headers.get('content-security-policy') ?? '';

describe('the port for browsers', () => {
  it('serves the API and health itself, and proxies other paths to the web app', async () => {
    const { id, title } = await aCompetition();
    expect((await get(front.frontUrl, `/api/competitions/${id}`)).body).toMatchObject({ id, title });
    expect((await get(front.frontUrl, '/health/ready')).body).toMatchObject({ status: 'ready' });
    const response = await page(`/competitions/${id}`);
    expect(response.status).toBe(200);
    expect(response.text).toContain(title);
  });

  it('serves metrics on the port of the API only, and pages on the port for browsers only', async () => {
    for (const path of ['/metrics', '/%6Detrics', '/metrics?x=1', '/metrics#x'])
      expect(await get(front.frontUrl, path)).toMatchObject({ status: 404, body: { code: 'ROUTE_NOT_FOUND' } });
    expect((await get(front.url, '/metrics')).status).toBe(200);
    expect(await get(front.url, '/')).toMatchObject({ status: 404, body: { code: 'ROUTE_NOT_FOUND' } });
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('refuses %s for a page', async (method) => {
    const response = await call(method, front.frontUrl, '/competitions');
    expect(response).toMatchObject({ status: 405, body: { code: 'METHOD_NOT_ALLOWED' } });
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it('answers a form that was sent before the page was ready with a page that leads back', async () => {
    const response = await call('POST', front.frontUrl, '/sign-in?next=/mailbox', {
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'email=a&password=planted-secret',
    });
    expect(response.status).toBe(405);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.text).toContain('wasn’t ready yet');
    expect(response.text).not.toContain('planted-secret');
  });

  it('does not forward internal headers of a client to the web app', async () => {
    const response = await page('/registrations?show=ended', {
      'x-page': '/admin/jobs',
      'x-session': 'ended',
      'x-middleware-subrequest': 'src/proxy',
      'next-action': 'a'.repeat(40),
    });
    expect(response.text).toContain(encodeURIComponent('/registrations?show=ended'));
    expect(response.text).not.toContain('ended=1');
    expect(response.text).not.toContain(encodeURIComponent('/admin/jobs'));
  });

  it('shows a person their own pages, and sends visitors to sign in and back', async () => {
    const person = await aPerson();
    const own = await page('/profile', { cookie: cookieOf(person) });
    expect(own.status).toBe(200);
    expect(own.text).toContain(person.email);
    const response = await fetch(`${front.frontUrl}/organize/x?tab=statistics`, { redirect: 'manual' });
    expect(response.status).toBe(307);
    expect(response.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent('/organize/x?tab=statistics')}`);
  });

  it('sets the security headers of pages, and no headers of the API', async () => {
    for (const path of ['/', '/sign-in', '/nowhere', '/icon']) {
      const { headers } = await page(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('cross-origin-resource-policy')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('strict-transport-security')).toBeNull();
    }
  });

  it('lets the page of a door use the camera and WebAssembly, and no other page', async () => {
    const { id } = await aCompetition();
    const cookie = cookieOf(await aPerson());
    for (const headers of [{}, { cookie }]) {
      const door = await page(`/door/${id}`, headers);
      expect(door.status).toBe(200);
      expect(door.headers.get('permissions-policy')).toContain('camera=(self)');
      expect(policyOf(door)).toMatch(/script-src [^;]*'wasm-unsafe-eval'/);
      for (const path of ['/', `/competitions/${id}`, '/doors', '/nowhere?next=/door/']) {
        const other = await page(path, headers);
        expect(other.headers.get('permissions-policy')).toContain('camera=()');
        expect(policyOf(other)).not.toContain('wasm');
      }
    }
  });

  it('serves the page of a door without the name of the reader, because browsers keep it', async () => {
    const person = await aPerson();
    const { text } = await page(`/door/${(await aCompetition()).id}`, { cookie: cookieOf(person) });
    expect(text).not.toContain(person.name);
    expect(text).not.toContain(person.email);
  });

  it('serves the service worker of the present release, for paths outside of its folder', async () => {
    const scripts = await allScripts(`/door/${(await aCompetition()).id}`);
    const [path] = /\/_next\/static\/service-worker\/[\w.-]+\.js/.exec(scripts) ?? [''];
    const worker = await page(path);
    expect(worker.status).toBe(200);
    expect(worker.headers.get('service-worker-allowed')).toBe('/');
    expect(policyOf(worker)).toContain("connect-src 'self'");
    expect(worker.headers.get('cache-control')).toMatch(/no-cache|max-age=0/);
    await front.web.kill();
    try {
      expect((await page(path)).status).toBe(503);
    } finally {
      await front.restartWeb();
    }
  });

  it('S21 sends HSTS on pages too when FRONTEND_URL is https', async () => {
    const secure = await startFront({ databaseUrl: database.url, frontendUrl: 'https://compete.example.org' });
    try {
      for (const path of ['/', '/profile', '/_next/nothing.js'])
        expect((await get(secure.frontUrl, path)).headers.get('strict-transport-security')).toContain('max-age=');
      const docs = policyOf(await get(secure.frontUrl, '/api/docs'));
      expect(docs).toContain("default-src 'self'");
      expect(docs.replace(/style-src[^;]*/, '')).not.toContain('unsafe-inline');
    } finally {
      await secure.close();
    }
  });

  it.each(['/%zz', '/%', '/competitions/%e0%a4%a', '/../etc/passwd', '/a/..%2f..%2fb'])(
    'S5 answers 400 for the malformed path %s',
    async (path) => {
      const { status, body } = await rawGet(path);
      expect({ status, code: body.code }).toEqual({ status: 400, code: 'MALFORMED_REQUEST' });
    },
  );
});

/** The scripts that a page loads, one after the other. */
async function allScripts(path: string): Promise<string> {
  const { text } = await page(path);
  const files = new Set(text.match(/\/_next\/static\/chunks\/[\w.~-]+\.js/g));
  return (await Promise.all([...files].map((file) => page(file)))).map((script) => script.text).join('\n');
}

/** fetch would normalize the path. */
async function rawGet(path: string) {
  const { hostname, port } = new URL(front.frontUrl);
  return new Promise<{ status: number; body: { code?: string } }>((resolve, reject) => {
    request({ hostname, port, path }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
    })
      .on('error', reject)
      .end();
  });
}

describe('pages for visitors', () => {
  it('are rendered once for concurrent requests, and again a second later', async () => {
    const { id } = await aCompetition({ capacity: 7 });
    const reads = countReads();
    const responses = await Promise.all(Array.from({ length: 200 }, () => page(`/competitions/${id}`)));
    expect([...new Set(responses.map(({ status, text }) => `${status} ${text.length}`))]).toHaveLength(1);
    expect(reads(id)).toBeLessThanOrEqual(3);
    await database.pool.query('UPDATE competitions SET seats_left = 3 WHERE id = $1', [id]);
    await vi.waitFor(async () => expect((await page(`/competitions/${id}`)).text).toMatch(/3<[^>]*>[^<]*of 7|3 of 7/), {
      timeout: 3_000,
      interval: 100,
    });
  });

  it('have a content security policy with the hashes of their inline scripts, and no nonce', async () => {
    const { id } = await aCompetition();
    const { text, headers } = await page(`/competitions/${id}`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).not.toContain('nonce-');
    expect(text).not.toContain('nonce="');
    expect(headers.get('link') ?? '').not.toContain('nonce');
    const inline = [...text.matchAll(/<script\b([^>]*)>([\s\S]+?)<\/script>/g)].filter(
      ([, at]) => !at?.includes('src='),
    );
    expect(inline.length).toBeGreaterThan(0);
    for (const [, , code = ''] of inline)
      expect(policy).toContain(`'sha256-${createHash('sha256').update(code).digest('base64')}'`);
  });

  it('do not allow an injected script', async () => {
    const { nonceToHashes } = await import('./content-policy.js');
    const { html, hashes } = nonceToHashes(
      '<script nonce="n1">a()</script><script>b()</script><script nonce="n">c()</script>',
      'n1',
    );
    expect(html).toBe('<script>a()</script><script>b()</script><script nonce="n">c()</script>');
    expect(hashes).toEqual([createHash('sha256').update('a()').digest('base64')]);
  });

  it('are cached separately by language, theme, time zone, host and encoding', async () => {
    const { id } = await aCompetition();
    const path = `/competitions/${id}`;
    const plain = await page(path);
    expect((await page(path, { cookie: 'theme=dark' })).text).toContain('data-theme="dark"');
    expect(plain.text).not.toContain('data-theme');
    expect((await page(path, { cookie: 'zone=Asia/Kolkata' })).text).toMatch(/\bIST\b|GMT\+5:30/);
    expect(plain.text).not.toMatch(/\bIST\b|GMT\+5:30/);
    const encodings = await Promise.all(
      ['br', 'gzip', 'identity', 'zstd'].map(async (encoding) => {
        const response = await fetch(front.frontUrl + path, { headers: { ...HTML, 'accept-encoding': encoding } });
        expect(await response.text()).toContain('<!DOCTYPE html>');
        return response.headers.get('content-encoding');
      }),
    );
    expect(encodings).toEqual(['br', 'gzip', null, null]);
  });

  it('load static files that are cached and well compressed, and served without the web app', async () => {
    const [file = ''] = /\/_next\/static\/chunks\/[^"]+\.js/.exec((await page('/')).text) ?? [];
    const size = async (encoding: string) => {
      const response = await fetch(front.frontUrl + file, { headers: { 'accept-encoding': encoding } });
      expect(response.headers.get('cache-control')).toContain('immutable');
      expect(response.headers.get('content-encoding') ?? 'identity').toBe(encoding);
      const length = Number(response.headers.get('content-length'));
      return { length, text: await response.text() };
    };
    const [br, gzip, plain] = [await size('br'), await size('gzip'), await size('identity')];
    expect(br.length).toBeLessThan(gzip.length);
    expect(gzip.length).toBeLessThan(plain.length);
    expect(br.text).toBe(plain.text);
    await front.web.kill();
    try {
      expect((await size('br')).text).toBe(plain.text);
    } finally {
      await front.restartWeb();
    }
  });

  it('pages of one person are compressed while they are streamed', async () => {
    const cookie = cookieOf(await aPerson());
    for (const encoding of ['gzip', 'identity']) {
      for (const path of ['/profile', '/mailbox', '/competitions']) {
        const response = await fetch(front.frontUrl + path, {
          headers: { ...HTML, cookie, 'accept-encoding': encoding },
        });
        expect(response.headers.get('content-encoding') ?? 'identity').toBe(encoding);
        expect(response.headers.get('vary')).toContain('accept-encoding');
        expect(await response.text()).toContain('</html>');
      }
    }
    const head = await fetch(`${front.frontUrl}/competitions`, { method: 'HEAD', headers: { ...HTML, cookie } });
    expect([head.status, head.headers.get('content-encoding')]).toEqual([200, null]);
  });

  it('are not used for requests with a session, and not cached with unknown query parameters', async () => {
    const { id } = await aCompetition();
    const person = await aPerson();
    await page(`/competitions/${id}`);
    expect(policyOf(await page(`/competitions/${id}`, { cookie: cookieOf(person) }))).toContain('nonce-');
    expect(policyOf(await page(`/competitions/${id}?utm=1`))).toContain('nonce-');
    expect(policyOf(await page(`/competitions/${id}`, { rsc: '1' }))).not.toContain('sha256');
    await page('/', { cookie: cookieOf(person) });
    expect((await page('/')).text).not.toContain(person.email);
  });

  it('VI-09: a draft and its social card, requested by its staff, are shown to nobody else', async () => {
    const organizer = await anOrganizer();
    const { id, title } = await aCompetition({ organizer, visibility: 'DRAFT' });
    for (const path of [`/competitions/${id}`, `/competitions/${id}/opengraph-image`]) {
      const cookie = cookieOf(organizer);
      const [own] = await Promise.all([page(path, { cookie }), page(path)]);
      expect(own.status).toBe(200);
      expect(own.headers.get('cache-control')).toMatch(/private.*no-store/);
      const strangers = [{}, { cookie: cookieOf(await aPerson()) }, { cookie: cookieOf(await anOrganizer()) }];
      for (const headers of strangers) {
        const response = await page(path, headers);
        expect(response.status).toBe(404);
        expect(response.text).not.toContain(title);
      }
    }
  });

  it('answer 404 for an unknown competition', async () => {
    const response = await page('/competitions/00000000-0000-7000-8000-000000000000');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('text/html');
  });
});

/** Counts the API calls of the web app for a competition. */
function countReads(): (id: string) => number {
  const paths: string[] = [];
  const spy = vi.spyOn(front.app.getHttpServer(), 'emit');
  return (id) => {
    for (const [event, request] of spy.mock.calls as unknown as [string, IncomingMessage][])
      if (event === 'request' && request.socket.localPort === Number(new URL(front.url).port))
        paths.push(request.url ?? '');
    spy.mockRestore();
    return paths.filter((path) => path === `/api/competitions/${id}`).length;
  };
}

describe('while the web app or the database is unavailable', () => {
  afterEach(() => proxy.forward());
  /** A path that is not in the page cache. */
  let searches = 0;
  const uncachedList = () => `/competitions?search=word${++searches}`;

  it.each([
    ['en-GB,en;q=0.9', 'lang="en" dir="ltr"', 'be right back'],
    ['de-AT', 'lang="de" dir="ltr"', 'gleich wieder da'],
    ['ar', 'lang="ar" dir="rtl"', 'سنعود'],
  ])('pages answer 503 in the language of the reader (%s), and the API keeps working', async (language, tag, words) => {
    await front.web.kill();
    try {
      for (const headers of [{}, { cookie: cookieOf(await aPerson()) }, { cookie: 'theme=dark' }]) {
        const response = await page(uncachedList(), { 'accept-language': language, ...headers });
        expect(response.status).toBe(503);
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(response.text).toContain(tag);
        expect(response.text).toContain(words);
      }
      expect((await get(front.frontUrl, '/api/competitions')).status).toBe(200);
    } finally {
      await front.restartWeb();
    }
    await vi.waitFor(async () => expect((await page(uncachedList())).status).toBe(200), 5_000);
  });

  it('S5 every page answers 503 with Retry-After while the database is unreachable', async () => {
    const person = await aPerson();
    const { id } = await aCompetition();
    proxy.refuse();
    const paths = [
      '/?sort=newest',
      uncachedList(),
      `/competitions/${id}`,
      '/competitions?utm=1',
      `/competitions/${id}?utm=1`,
    ];
    const signedIn = ['/', '/registrations', '/profile', '/mailbox', `/competitions/${id}`, '/sign-in'];
    const responses = [
      ...(await Promise.all(paths.map((path) => page(path)))),
      ...(await Promise.all(signedIn.map((path) => page(path, { cookie: cookieOf(person) })))),
      // Without an access token the session would have to be renewed, which needs the database.
      ...(await Promise.all(signedIn.map((path) => page(path, { cookie: 'mc_refresh=abc' })))),
    ];
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 503));
    for (const response of responses) {
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(response.text).toContain('be right back');
      expect(response.headers.getSetCookie()).toEqual([]);
    }
    proxy.forward();
    await vi.waitFor(async () => {
      for (const path of paths) expect((await page(path)).status).toBe(200);
    }, 10_000);
  });
});

describe('a session whose access token has expired', () => {
  const cookiesIn = (response: { headers: Headers }) =>
    Object.fromEntries(
      response.headers
        .getSetCookie()
        .map((line) => line.split(';', 1)[0]?.split('=') as [string, string])
        .filter(([, value]) => value !== ''),
    );
  const asHeader = (cookies: Record<string, string>) =>
    Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
  let n = 0;
  const signUp = async (role = 'PARTICIPANT') => {
    const account = {
      name: `Renata ${++n}`,
      email: `renew-${n}-${Date.now()}@example.org`,
      password: 'correct horse',
      role,
    };
    return { ...account, cookies: cookiesIn(await post(front.frontUrl, '/api/auth/signup', { body: account })) };
  };
  /** The cookies that a browser still has after the access token has expired. */
  const expired = ({ cookies }: { cookies: Record<string, string> }) => ({
    cookie: `mc_refresh=${cookies.mc_refresh}`,
  });
  const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };

  it('is renewed by a request for a page, which then shows the signed-in person', async () => {
    const person = await signUp();
    const response = await page('/profile', expired(person));
    expect(response.status).toBe(200);
    expect(response.text).toContain(person.email);
    const renewed = cookiesIn(response);
    expect(renewed.mc_refresh).not.toBe(person.cookies.mc_refresh);
    expect((await page('/profile', { cookie: asHeader(renewed) })).headers.getSetCookie()).toEqual([]);
  });

  it('is renewed by a write to the API, unless it comes from another site', async () => {
    const person = await signUp();
    const rename = (headers: Record<string, string>) =>
      call('PATCH', front.frontUrl, '/api/auth/me', {
        headers: { ...expired(person), ...headers },
        body: { name: 'Renée' },
      });
    const foreign = await rename({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' });
    expect(foreign).toMatchObject({ status: 403, body: { code: 'CROSS_SITE_REQUEST' } });
    expect(foreign.headers.getSetCookie()).toEqual([]);
    const ours = await rename(SAME_ORIGIN);
    expect(ours).toMatchObject({ status: 200, body: { name: 'Renée' } });
    expect(cookiesIn(ours)).toMatchObject({ mc_access: expect.any(String), mc_refresh: expect.any(String) });
  });

  it('is renewed by an event stream and by a download', async () => {
    const organizer = await signUp('ORGANIZER');
    const body = {
      title: 'Cup',
      description: 'x',
      tags: [],
      capacity: 3,
      regDeadline: new Date(Date.now() + 86_400_000),
    };
    const created = await post(front.frontUrl, '/api/competitions', {
      headers: { cookie: asHeader(organizer.cookies), ...SAME_ORIGIN },
      body,
    });
    const stream = await subscribe(front.frontUrl, created.body, { headers: expired(organizer) });
    const cookies = stream.headers['set-cookie'] ?? [];
    stream.close();
    expect(cookies.map((line) => line.split('=', 1)[0])).toEqual(['mc_access', 'mc_refresh']);
    const path = `/api/competitions/${created.body.id}/registrations?status=all&format=csv`;
    const file = await get(front.frontUrl, path, { headers: { ...HTML, ...expired(organizer) } });
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(file.headers.getSetCookie()).toHaveLength(2);
  });

  it('is not renewed by requests for static files, for health, or with a bearer token', async () => {
    const person = await signUp();
    const other = await aPerson();
    for (const [path, headers] of [
      ['/_next/static/nothing.js', {}],
      ['/health/live', {}],
      ['/api/auth/me', { authorization: `Bearer ${other.token}` }],
    ] as const)
      expect(
        (await get(front.frontUrl, path, { headers: { ...expired(person), ...headers } })).headers.getSetCookie(),
      ).toEqual([]);
  });

  it('is renewed by a hundred concurrent requests for pages and the API, with one successor token', async () => {
    const person = await signUp();
    const responses = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        i % 2 ? get(front.frontUrl, '/api/auth/me', { headers: expired(person) }) : page('/profile', expired(person)),
      ),
    );
    expect([...new Set(responses.map(({ status }) => status))]).toEqual([200]);
    expect(new Set(responses.map((response) => cookiesIn(response).mc_refresh)).size).toBe(1);
  });

  it('loses its cookies with the first refused write when it was ended elsewhere', async () => {
    const person = await signUp();
    await database.pool.query(
      'UPDATE sessions SET ended_at = now() WHERE user_id = (SELECT id FROM users WHERE email = $1)',
      [person.email],
    );
    const { id } = await aCompetition();
    for (const [method, path] of [
      ['PATCH', '/api/auth/me'],
      ['POST', `/api/competitions/${id}/register`],
    ] as const) {
      const body = method === 'PATCH' ? { name: 'x' } : {};
      const response = await call(method, front.frontUrl, path, {
        headers: { cookie: asHeader(person.cookies), ...SAME_ORIGIN },
        body,
      });
      expect(response).toMatchObject({ status: 401, body: { code: 'SESSION_ENDED' } });
      expect(response.headers.getSetCookie().map((line) => line.split(';', 1)[0])).toEqual([
        'mc_access=',
        'mc_refresh=',
      ]);
    }
    const bearer = { token: person.cookies.mc_access, body: { name: 'x' } };
    expect((await call('PATCH', front.frontUrl, '/api/auth/me', bearer)).headers.getSetCookie()).toEqual([]);
  });

  it('leads to sign-in with a notice and without cookies when it has ended', async () => {
    const person = await signUp();
    await post(front.frontUrl, '/api/auth/logout', { headers: { cookie: asHeader(person.cookies), ...SAME_ORIGIN } });
    const response = await fetch(`${front.frontUrl}/mailbox?show=unread`, {
      headers: { ...HTML, ...expired(person) },
      redirect: 'manual',
    });
    expect(response.status).toBe(307);
    expect(response.headers.get('location')).toBe(
      `/sign-in?next=${encodeURIComponent('/mailbox?show=unread')}&ended=1`,
    );
    for (const line of response.headers.getSetCookie()) expect(line).toMatch(/^mc_(access|refresh)=; Max-Age=0/);
    expect((await get(front.frontUrl, '/api/auth/me', { headers: expired(person) })).status).toBe(401);
  });
});
