import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, TEST_SECRET, type TestApi } from '../../../test/support/api.js';
import { aPerson, type Person } from '../../../test/support/factories.js';
import { get } from '../../../test/support/http-client.js';
import { TokenService } from './token.service.js';

let api: TestApi;
let person: Person;
beforeAll(async () => {
  api = await startApi();
  person = await aPerson();
});
afterAll(() => api.close());

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const soon = () => Math.floor(Date.now() / 1000) + 600;

function token(claims: object = {}, { header = { alg: 'HS256', typ: 'JWT' }, secret = TEST_SECRET } = {}): string {
  const { id: sub, sessionId: sid, role } = person;
  const all = { sub, sid, role, iss: 'mini-compete', aud: 'mini-compete-api', exp: soon(), ...claims };
  const text = `${part(header)}.${part(all)}`;
  const hash = header.alg === 'HS512' ? 'sha512' : 'sha256';
  return `${text}.${header.alg === 'none' ? '' : createHmac(hash, secret).update(text).digest('base64url')}`;
}
const me = (value: string) => get(api.url, '/api/auth/me', { token: value });

describe('AU-11 access tokens', () => {
  it('are accepted when they are valid: otherwise the refusals below would prove nothing', async () => {
    expect((await me(token())).status).toBe(200);
  });

  it.each<[string, () => string]>([
    ['alg none', () => token({}, { header: { alg: 'none', typ: 'JWT' } })],
    ['another algorithm with the right key', () => token({}, { header: { alg: 'HS512', typ: 'JWT' } })],
    ['another key', () => token({}, { secret: 'x'.repeat(40) })],
    ['expired', () => token({ exp: Math.floor(Date.now() / 1000) - 1 })],
    ['never expiring', () => token({ exp: undefined })],
    ['another audience', () => token({ aud: 'somebody-else' })],
    ['another issuer', () => token({ iss: 'somebody-else' })],
    ['without a session', () => token({ sid: undefined })],
    [
      'another role under the old signature',
      () => {
        const [header, , signature] = token().split('.');
        return [header, token({ role: 'ADMIN' }).split('.')[1], signature].join('.');
      },
    ],
    ['nonsense', () => 'nonsense'],
  ])('are refused: %s', async (_, make) => {
    expect(await me(make())).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  });

  it('expire in the cache of verified tokens too', () => {
    vi.useFakeTimers();
    try {
      const tokens = new TokenService({ jwtSecret: TEST_SECRET, jwtExpirationSeconds: 60 });
      const signed = tokens.sign({ userId: person.id, sessionId: person.sessionId, role: person.role });
      expect(tokens.verify(signed)).toMatchObject({ userId: person.id });
      vi.advanceTimersByTime(61_000);
      expect(tokens.verify(signed)).toBeNull();
    } finally {
      vi.useRealTimers();
    }
  });
});
