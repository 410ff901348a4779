import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { aCompetition, anOrganizer, aPerson } from '../../../../test/support/factories.js';
import { type ApiResponse, get, patch, post, tally } from '../../../../test/support/http-client.js';
import { Clock } from '../../time/clock.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ rateLimits: true, trustedHops: 1 });
});
afterAll(() => api.close());

const times = <T>(n: number, run: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => run(i)));
/** The header of the trusted proxy, which is on this machine. */
const from = (address: string) => ({ 'x-forwarded-for': address });
const badReset = (headers: Record<string, string>) =>
  post(api.url, '/api/auth/reset-password', { body: { token: 'x', password: 'long enough' }, headers });

describe('rate limits', () => {
  // All requests of a test fall into one window, however slow the machine is.
  let clock: MockInstance<() => Date>;
  beforeEach(() => {
    clock = vi.spyOn(api.app.get(Clock), 'now').mockReturnValue(new Date());
  });
  afterEach(() => clock.mockRestore());

  it('apply per address, until the window has passed', async () => {
    const responses = await times(61, () => badReset(from('203.0.113.1')));
    expect(tally(responses)).toEqual({ RESET_TOKEN_INVALID: 60, TOO_MANY_REQUESTS: 1 });
    const refused = responses.find(({ status }) => status === 429);
    const wait = Number(refused?.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect((await badReset(from('203.0.113.2'))).status).toBe(400);
    clock.mockReturnValue(new Date(api.app.get(Clock).now().getTime() + wait * 1000));
    expect((await badReset(from('203.0.113.1'))).status).toBe(400);
  });

  it('cannot be evaded with a forged address before the trusted hop', async () => {
    const responses = await times(61, (i) => badReset(from(`198.51.100.${i}, 203.0.113.3`)));
    expect(tally(responses)).toEqual({ RESET_TOKEN_INVALID: 60, TOO_MANY_REQUESTS: 1 });
  });

  it('S14 ignore forwarded addresses without a trusted proxy, and invalid ones from a trusted proxy', async () => {
    const databaseUrl = api.env.databaseUrl;
    const direct = await startApi({ databaseUrl, rateLimits: true, nodeEnv: 'production' });
    const proxied = await startApi({ databaseUrl, rateLimits: true, nodeEnv: 'production', trustedHops: 1 });
    const reset = (url: string, address: string) =>
      post(url, '/api/auth/reset-password', { body: { token: 'x', password: 'long enough' }, headers: from(address) });
    const limited = { RESET_TOKEN_INVALID: 60, TOO_MANY_REQUESTS: 1 };
    expect(tally(await times(61, (i) => reset(direct.url, `203.0.113.${i}`)))).toEqual(limited);
    expect(tally(await times(61, (i) => reset(proxied.url, `<b>${i}</b>`)))).toEqual(limited);
    const device = { name: 'Ada', email: 'from@example.org', password: 'correct horse', role: 'PARTICIPANT' };
    await post(proxied.url, '/api/auth/signup', { body: device, headers: from('<img src=x>') });
    const { rows } = await api.pool.query(
      `SELECT address FROM sessions JOIN users u ON u.id = user_id WHERE email = $1`,
      [device.email],
    );
    expect(rows).toEqual([{ address: '127.0.0.1' }]);
    await Promise.all([direct.close(), proxied.close()]);
  });

  it('exempt requests from this machine, except in production', async () => {
    expect(tally(await times(61, () => badReset({})))).toEqual({ RESET_TOKEN_INVALID: 61 });
    const strict = await startApi({ databaseUrl: api.env.databaseUrl, rateLimits: true, nodeEnv: 'production' });
    const reset = () => post(strict.url, '/api/auth/reset-password', { body: { token: 'x', password: 'long enough' } });
    expect(tally(await times(61, reset))).toEqual({ RESET_TOKEN_INVALID: 60, TOO_MANY_REQUESTS: 1 });
    await strict.close();
  });

  it('apply per account to all writes, however many people share an address', async () => {
    const [ada, ben] = [await aPerson(), await aPerson()];
    const rename = (token: string) => patch(api.url, '/api/auth/me', { token, body: { name: 'Ada' } });
    const responses: ApiResponse[] = [];
    for (let i = 0; i < 121; i++) responses.push(...(await times(5, () => rename(ada.token))));
    expect(tally(responses)).toEqual({ 200: 600, TOO_MANY_REQUESTS: 5 });
    expect((await rename(ben.token)).status).toBe(200);
  });

  it('send a person at most five reset links per hour, and still answer 202', async () => {
    const { email } = await aPerson();
    const responses = await times(8, (i) =>
      post(api.url, '/api/auth/forgot-password', { body: { email }, headers: from(`192.0.2.${i}`) }),
    );
    expect(tally(responses)).toEqual({ 202: 8 });
    const { rows } = await api.pool.query(`SELECT count(*)::int AS n FROM outbox WHERE job = 'reset-link'`);
    expect(rows[0].n).toBe(5);
  });

  it('R18 apply per address to searches, on pages too, and neither to lists without words nor to the web app', async () => {
    const search = (address: string, words = 'chess') =>
      get(api.url, `/api/competitions?limit=1&search=${words}`, { headers: from(address) });
    const responses: ApiResponse[] = [];
    for (let i = 0; i < 61; i++) responses.push(...(await times(50, () => search('203.0.113.50'))));
    expect(tally(responses)).toEqual({ 200: 3_000, TOO_MANY_REQUESTS: 50 });
    expect(Number(responses.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
    const page = await get(api.frontUrl, '/competitions?search=go', { headers: from('203.0.113.50') });
    expect(page.body.code).toBe('TOO_MANY_REQUESTS');
    expect((await search('203.0.113.50', '')).status).toBe(200);
    expect((await search('203.0.113.51')).status).toBe(200);
    expect((await get(api.url, '/api/competitions?limit=1&search=chess')).status).toBe(200);
  });

  it('R18 apply per account to statistics and CSV exports, and not to the list of registrants', async () => {
    const [organizer, other] = [await anOrganizer(), await anOrganizer()];
    const competition = await aCompetition({ organizer });
    const read = (path: string, { token } = organizer) =>
      get(api.url, `/api/competitions/${competition.id}/${path}`, { token });
    // A few at a time: many at once would wait for connections to the database, and some of them too long.
    const readMany = async (n: number, path: string) => {
      const responses: ApiResponse[] = [];
      while (responses.length < n)
        responses.push(...(await times(Math.min(5, n - responses.length), () => read(path))));
      return tally(responses);
    };
    expect(await readMany(121, 'stats')).toEqual({ 200: 120, TOO_MANY_REQUESTS: 1 });
    expect(await readMany(61, 'registrations?format=csv')).toEqual({ 200: 60, TOO_MANY_REQUESTS: 1 });
    expect((await read('registrations')).status).toBe(200);
    expect((await read('stats', other)).body.code).toBe('FORBIDDEN');
  });
});
