import { createServer, type Server } from 'node:http';
import { CATALOGS } from '@mini-compete/messages/catalog';
import { LANGUAGES } from '@mini-compete/shared/languages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FaultProxy } from '../../../../../tools/src/testing/fault-proxy.js';
import { LogBuffer, startApi, type TestApi } from '../../../test/support/api.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aCompetition, anOrganizer, aPerson, people, registerMany } from '../../../test/support/factories.js';
import { type ApiResponse, get, patch, post } from '../../../test/support/http-client.js';
import { DomainError } from '../errors/domain-error.js';

let database: TestDatabase;
let proxy: FaultProxy;
let api: TestApi;
let echo: Server;
const log = new LogBuffer();
beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await FaultProxy.open(database.url);
  // In the place of the web app: answers with the language and the cookies that the front server passes on.
  echo = createServer(({ headers }, response) => {
    response.setHeader('content-type', 'text/plain');
    response.end(`${headers['accept-language']} ${headers.cookie ?? ''}`.trim());
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  const { port } = echo.address() as { port: number };
  api = await startApi({ databaseUrl: proxy.url, webUrl: `http://127.0.0.1:${port}`, logLevel: 'info' }, log);
});
afterAll(async () => {
  await api.close();
  echo.close();
  await proxy.close();
  await database.drop();
});

const titles = (code: 'ROUTE_NOT_FOUND' | 'COMPETITION_FULL' | 'UNAVAILABLE' | 'VALIDATION_FAILED') =>
  LANGUAGES.map((language) => CATALOGS[language].problems.title[code]);
/** One after the other: at once, requests that lock the same competition would wait for each other. */
async function inEachLanguage<Result>(ask: (headers: Record<string, string>) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const language of LANGUAGES) results.push(await ask({ 'accept-language': language }));
  return results;
}

describe('errors', () => {
  it('LA-01 have title and detail in the language of Accept-Language, and the same code', async () => {
    const responses = await inEachLanguage((headers) => get(api.url, '/api/nowhere', { headers }));
    expect(responses.map(({ body }) => body.title)).toEqual(titles('ROUTE_NOT_FOUND'));
    for (const [i, { headers, body }] of responses.entries()) {
      expect(body).toMatchObject({ code: 'ROUTE_NOT_FOUND', detail: body.title });
      expect(headers.get('content-language')).toBe(LANGUAGES[i]);
      expect(headers.get('vary')).toMatch(/accept-language/i);
    }
    expect(new Set(responses.map(({ body }) => body.title)).size).toBe(LANGUAGES.length);
  });

  it.each([
    ['de-AT,de;q=0.9,en;q=0.5', 'de'],
    ['fr, ar;q=0.8, en;q=0.2', 'ar'],
    ['fr', 'en'],
    ['*', 'en'],
    ['not a language', 'en'],
    [`${'x'.repeat(300)}, de`, 'de'],
  ])('LA-01 choose the best language for "%s"', async (accepted, language) => {
    // Twice: the second answer comes from the cache.
    for (let i = 0; i < 2; i++) {
      const { headers } = await get(api.url, '/api/nowhere', { headers: { 'accept-language': accepted } });
      expect(headers.get('content-language')).toBe(language);
    }
  });

  it('LA-02 name each invalid field by its path, with a message in the language of the reader', async () => {
    const { token } = await anOrganizer();
    const body = {
      title: 'x',
      description: '',
      tags: ['a', 'no spaces'],
      capacity: 0.5,
      regDeadline: '',
      color: 'red',
    };
    const [english, german] = await inEachLanguage((headers) =>
      post(api.url, '/api/competitions', { token, body, headers }),
    );
    expect((german as ApiResponse).body.title).toBe(CATALOGS.de.problems.title.VALIDATION_FAILED);
    const messages = ({ body }: ApiResponse) =>
      Object.fromEntries(body.errors.map(({ path, message }: { path: string; message: string }) => [path, message]));
    expect(messages(english as ApiResponse)).toEqual({
      title: 'Use at least 3 characters.',
      'tags.1': CATALOGS.en.validation.rule.tag,
      capacity: CATALOGS.en.validation.wholeNumber,
      regDeadline: CATALOGS.en.validation.required,
      color: CATALOGS.en.validation.unknownField,
    });
    expect(messages(german as ApiResponse)).toEqual({
      title: 'Mindestens 3 Zeichen.',
      'tags.1': CATALOGS.de.validation.rule.tag,
      capacity: CATALOGS.de.validation.wholeNumber,
      regDeadline: CATALOGS.de.validation.required,
      color: CATALOGS.de.validation.unknownField,
    });
  });

  it('LA-02 count in the language of the reader', async () => {
    const organizer = await anOrganizer();
    const competition = await aCompetition({ organizer, capacity: 3 });
    await registerMany(await people(2), competition);
    const responses = await inEachLanguage((headers) =>
      patch(api.url, `/api/competitions/${competition.id}`, {
        token: organizer.token,
        headers: { 'if-match': '"1"', ...headers },
        body: { capacity: 1 },
      }),
    );
    expect(responses.map(({ body }) => body.detail)).toEqual([
      '2 people have a seat. Remove some first.',
      '2 Leute haben einen Platz. Entferne erst einige.',
      'شخصان لديهما مقعدان. أزل أحدهما أولًا.',
    ]);
  });

  it('LA-01 on the hot path of a sold-out competition too', async () => {
    const competition = await aCompetition({ capacity: 1, waitlist: false });
    await registerMany(await people(1), competition);
    const responses = await inEachLanguage(async (headers) =>
      post(api.url, `/api/competitions/${competition.id}/register`, { token: (await aPerson()).token, headers }),
    );
    expect(responses.map(({ body }) => body.title)).toEqual(titles('COMPETITION_FULL'));
  });

  it('LA-03 tell operators in English, and are logged in English', async () => {
    proxy.refuse();
    try {
      const german = { headers: { 'accept-language': 'de' } };
      const login = await post(api.frontUrl, '/api/auth/login', {
        ...german,
        body: { email: 'a@b.org', password: 'x' },
      });
      expect(login).toMatchObject({ status: 503, body: { title: CATALOGS.de.problems.title.UNAVAILABLE } });
      const health = await get(api.url, '/health/ready', german);
      expect(health.body.title).toBe(CATALOGS.de.problems.title.UNAVAILABLE);
      expect(health.body.detail).toMatch(/^PostgreSQL does not answer/);
    } finally {
      proxy.forward();
    }
    expect(new DomainError('BUSY').message).toBe(CATALOGS.en.problems.title.BUSY);
    expect(log.text).toContain('UNAVAILABLE');
    expect(log.text).not.toContain(CATALOGS.de.problems.title.UNAVAILABLE);
  });
});

const ada = { name: 'Ada', password: 'correct horse', role: 'PARTICIPANT' };
let accounts = 0;
const signUp = (more: object = {}, headers: Record<string, string> = {}) =>
  post(api.url, '/api/auth/signup', { body: { ...ada, email: `la-${++accounts}@example.org`, ...more }, headers });
const languageCookie = (response: ApiResponse) =>
  response.headers.getSetCookie().find((cookie) => cookie.startsWith('language='));

describe('the language of an account', () => {
  it('LA-04 is what the sign-up says, else the cookie, else Accept-Language, else none', async () => {
    const german = { 'accept-language': 'de' };
    const chosen = await signUp({ language: 'ar', timeZone: 'Europe/Berlin' }, { ...german, cookie: 'language=en' });
    expect(chosen.body.user).toMatchObject({ language: 'ar', timeZone: 'Europe/Berlin' });
    expect((await signUp({}, { ...german, cookie: 'language=ar' })).body.user.language).toBe('ar');
    expect((await signUp({}, { ...german, cookie: 'language=xx' })).body.user).toMatchObject({
      language: 'de',
      timeZone: null,
    });
    expect((await signUp({}, { 'accept-language': 'fr' })).body.user.language).toBeNull();
  });

  it('LA-05 is in a cookie that scripts may read, from sign-up, sign-in, renewal and each change', async () => {
    const signedUp = await signUp({ language: 'de' });
    expect(languageCookie(signedUp)).toBe('language=de; Max-Age=31536000; Path=/; SameSite=Lax');
    const { token, user } = signedUp.body;
    const changed = await patch(api.url, '/api/auth/me', { token, body: { language: 'ar', timeZone: 'Asia/Riyadh' } });
    expect(changed.body).toEqual({ ...user, language: 'ar', timeZone: 'Asia/Riyadh' });
    expect(languageCookie(changed)).toMatch(/^language=ar;/);
    expect((await get(api.url, '/api/auth/me', { token })).body).toMatchObject(changed.body);
    const login = await post(api.url, '/api/auth/login', { body: { email: user.email, password: ada.password } });
    expect(languageCookie(login)).toMatch(/^language=ar;/);
    const refreshCookie = login.headers.getSetCookie().find((cookie) => cookie.startsWith('mc_refresh=')) ?? '';
    const headers = { cookie: refreshCookie.split(';')[0] as string, 'sec-fetch-site': 'same-origin' };
    const renewed = await post(api.url, '/api/auth/refresh', { headers });
    expect(renewed.body.user).toEqual(changed.body);
    expect(languageCookie(renewed)).toMatch(/^language=ar;/);
  });

  it('LA-05 is Secure behind HTTPS', async () => {
    const secure = await startApi({ databaseUrl: database.url, trustedHops: 1 });
    try {
      const response = await post(secure.url, '/api/auth/signup', {
        body: { ...ada, email: 'secure@example.org', language: 'de' },
        headers: { 'x-forwarded-proto': 'https' },
      });
      expect(languageCookie(response)).toBe('language=de; Max-Age=31536000; Path=/; Secure; SameSite=Lax');
    } finally {
      await secure.close();
    }
  });

  it('LA-06 is null for an account that never chose one, or whose language this version does not have', async () => {
    const old = await aPerson();
    const me = () => get(api.url, '/api/auth/me', { token: old.token });
    expect((await me()).body).toMatchObject({ language: null, timeZone: null });
    await api.pool.query('UPDATE users SET language = $2 WHERE id = $1', [old.id, 'fr']);
    expect((await me()).body.language).toBeNull();
    const renamed = await patch(api.url, '/api/auth/me', { token: old.token, body: { name: 'New' } });
    expect(renamed.body).toMatchObject({ name: 'New', language: null });
    expect(languageCookie(renamed)).toBeUndefined();
  });

  it.each(['Mars/Olympus', '+01:00', '0', '', 'x'.repeat(65), 'Europe/Berlin\n'])(
    'LA-07 refuses the time zone %j',
    async (timeZone) => {
      const response = await signUp({ timeZone });
      expect(response).toMatchObject({ status: 400, body: { errors: [{ path: 'timeZone' }] } });
    },
  );

  it.each(['Asia/Kolkata', 'Asia/Calcutta', 'UTC', 'America/Argentina/Buenos_Aires'])(
    'LA-07 accepts the time zone %s',
    async (timeZone) => expect((await signUp({ timeZone })).body.user.timeZone).toBe(timeZone),
  );
});

describe('the language of a page', () => {
  const page = (headers: Record<string, string>, path = '/') => get(api.frontUrl, path, { headers });

  it('LA-08 is that of the cookie, else of Accept-Language, for visitors and for signed-in people', async () => {
    const { token } = await aPerson();
    for (const [path, session, sent] of [
      ['/', '', ''],
      ['/profile', `mc_access=${token}; `, ` mc_access=${token}`],
    ] as const) {
      const ask = async (cookie: string, accepted: string) =>
        (await page({ cookie: session + cookie, 'accept-language': accepted }, path)).text;
      expect(await ask('language=ar', 'de-AT,de;q=0.9')).toBe(`ar${sent}`);
      expect(await ask('language=xx', 'de-AT,de;q=0.9')).toBe(`de${sent}`);
      expect(await ask('other=1', 'fr')).toBe(`en${sent}`);
    }
  });

  it('LA-08 is that of the account when the page renews the session', async () => {
    const signedUp = await signUp({ language: 'ar' });
    const refreshCookie = signedUp.headers.getSetCookie().find((cookie) => cookie.startsWith('mc_refresh='));
    const cookie = `language=de; ${refreshCookie?.split(';')[0]}`;
    const renewed = await page({ cookie, 'accept-language': 'de' });
    expect(renewed.text).toMatch(/^ar mc_access=/);
    expect(languageCookie(renewed)).toMatch(/^language=ar;/);
  });

  it('LA-08 is cached for each language, and caches are told', async () => {
    const responses = [await page({ cookie: 'language=de' }), await page({ cookie: 'language=ar' })];
    expect(responses.map(({ text }) => text)).toEqual(['de', 'ar']);
    for (const { headers } of responses) expect(headers.get('vary')).toBe('accept-encoding, accept-language, cookie');
  });
});
