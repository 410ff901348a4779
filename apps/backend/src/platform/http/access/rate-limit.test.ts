import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { startApi, type TestApi } from '../../../../test/app.js';
import { type Answer, patch, post, tally } from '../../../../test/client.js';
import { aPerson } from '../../../../test/factories.js';
import { Clock } from '../../time/clock.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ rateLimits: true, trustedHops: 1 });
});
afterAll(() => api.close());

const times = <T>(n: number, act: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => act(i)));
/** As our own proxy, on this machine, tells where the request came from. */
const from = (address: string) => ({ 'x-forwarded-for': address });
const badReset = (headers: Record<string, string>) =>
  post(api.url, '/api/auth/reset-password', { body: { token: 'x', password: 'long enough' }, headers });

describe('rate limits', () => {
  // However long a test takes on a busy machine: all of it happens in one window.
  let clock: MockInstance<() => Date>;
  beforeEach(() => {
    clock = vi.spyOn(api.app.get(Clock), 'now').mockReturnValue(new Date());
  });
  afterEach(() => clock.mockRestore());

  it('put off one address and leave the others alone, until the window has passed', async () => {
    const answers = await times(61, () => badReset(from('203.0.113.1')));
    expect(tally(answers)).toEqual({ RESET_TOKEN_INVALID: 60, TOO_MANY_REQUESTS: 1 });
    const refused = answers.find(({ status }) => status === 429);
    const wait = Number(refused?.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect((await badReset(from('203.0.113.2'))).status).toBe(400);
    clock.mockReturnValue(new Date(api.app.get(Clock).now().getTime() + wait * 1000));
    expect((await badReset(from('203.0.113.1'))).status).toBe(400);
  });

  it('are not evaded by claiming another address beyond the trusted hop', async () => {
    const answers = await times(61, (i) => badReset(from(`198.51.100.${i}, 203.0.113.3`)));
    expect(tally(answers)).toEqual({ RESET_TOKEN_INVALID: 60, TOO_MANY_REQUESTS: 1 });
  });

  it('S14 believe nobody about an address without a proxy configured, and no proxy about what is none', async () => {
    const databaseUrl = api.env.databaseUrl;
    const bare = await startApi({ databaseUrl, rateLimits: true, nodeEnv: 'production' });
    const proxied = await startApi({ databaseUrl, rateLimits: true, nodeEnv: 'production', trustedHops: 1 });
    const reset = (url: string, address: string) =>
      post(url, '/api/auth/reset-password', { body: { token: 'x', password: 'long enough' }, headers: from(address) });
    const limited = { RESET_TOKEN_INVALID: 60, TOO_MANY_REQUESTS: 1 };
    expect(tally(await times(61, (i) => reset(bare.url, `203.0.113.${i}`)))).toEqual(limited);
    expect(tally(await times(61, (i) => reset(proxied.url, `<b>${i}</b>`)))).toEqual(limited);
    const device = { name: 'Ada', email: 'from@example.org', password: 'correct horse', role: 'PARTICIPANT' };
    await post(proxied.url, '/api/auth/signup', { body: device, headers: from('<img src=x>') });
    const { rows } = await api.pool.query(
      `SELECT address FROM sessions JOIN users u ON u.id = user_id WHERE email = $1`,
      [device.email],
    );
    expect(rows).toEqual([{ address: '127.0.0.1' }]);
    await Promise.all([bare.close(), proxied.close()]);
  });

  it('let this machine itself try things out, but not in production', async () => {
    expect(tally(await times(61, () => badReset({})))).toEqual({ RESET_TOKEN_INVALID: 61 });
    const strict = await startApi({ databaseUrl: api.env.databaseUrl, rateLimits: true, nodeEnv: 'production' });
    const reset = () => post(strict.url, '/api/auth/reset-password', { body: { token: 'x', password: 'long enough' } });
    expect(tally(await times(61, reset))).toEqual({ RESET_TOKEN_INVALID: 60, TOO_MANY_REQUESTS: 1 });
    await strict.close();
  });

  it('hold per account for everything that writes, however many people share an address', async () => {
    const [ada, ben] = [await aPerson(), await aPerson()];
    const rename = (token: string) => patch(api.url, '/api/auth/me', { token, body: { name: 'Ada' } });
    const answers: Answer[] = [];
    for (let i = 0; i < 11; i++) answers.push(...(await times(55, () => rename(ada.token))));
    expect(tally(answers)).toEqual({ 200: 600, TOO_MANY_REQUESTS: 5 });
    expect((await rename(ben.token)).status).toBe(200);
  });

  it('send nobody more than five reset links in an hour, and still say 202', async () => {
    const { email } = await aPerson();
    const answers = await times(8, (i) =>
      post(api.url, '/api/auth/forgot-password', { body: { email }, headers: from(`192.0.2.${i}`) }),
    );
    expect(tally(answers)).toEqual({ 202: 8 });
    const { rows } = await api.pool.query(`SELECT count(*)::int AS n FROM outbox WHERE job = 'reset-link'`);
    expect(rows[0].n).toBe(5);
  });
});
