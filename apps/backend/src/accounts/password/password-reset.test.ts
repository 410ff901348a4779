import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { patch, post } from '../../../test/support/http-client.js';
import { PasswordResetService } from './password-reset.service.js';

let api: TestApi;
let resets: PasswordResetService;
beforeAll(async () => {
  api = await startApi({ frontendUrl: 'https://compete.example.org' });
  resets = api.app.get(PasswordResetService);
});
afterAll(() => api.close());

let number = 0;
async function anAccount() {
  const email = `reset-${++number}@example.org`;
  const body = { name: 'Ada', email, password: 'correct horse', role: 'PARTICIPANT' };
  return { email, ...(await post(api.url, '/api/auth/signup', { body })).body };
}
const forgot = (email: string, headers = {}) =>
  post(api.url, '/api/auth/forgot-password', { body: { email }, headers });
const reset = (token: string, password = 'a new password') =>
  post(api.url, '/api/auth/reset-password', { body: { token, password } });
const login = (email: string, password: string) => post(api.url, '/api/auth/login', { body: { email, password } });

const requestedIds = async (): Promise<string[]> => {
  const { rows } = await api.pool.query<{ id: string }>(
    `SELECT payload->>'passwordResetId' AS id FROM outbox WHERE job = 'reset-link' ORDER BY id`,
  );
  return rows.map(({ id }) => id);
};
/** Requests a link and issues its token, like the job that sends the mail. */
async function sentToken(email: string): Promise<string> {
  await forgot(email);
  const issued = await resets.issueToken(api.prisma, (await requestedIds()).at(-1) as string, { isMailed: true });
  expect(issued).toMatchObject({ email, name: 'Ada' });
  return issued?.token ?? '';
}

describe('a password reset', () => {
  it('responds in the same way for a known and an unknown account', async () => {
    const { email } = await anAccount();
    const before = await requestedIds();
    const [known, unknown] = [await forgot(email), await forgot('nobody@example.org')];
    expect([known.status, known.text, unknown.status, unknown.text]).toEqual([202, '', 202, '']);
    expect(await requestedIds()).toHaveLength(before.length + 1);
  });

  it('sets the new password and ends all sessions', async () => {
    const { email, token: session } = await anAccount();
    const token = await sentToken(email);
    expect((await reset(token)).status).toBe(204);
    expect((await login(email, 'a new password')).status).toBe(200);
    expect((await login(email, 'correct horse')).status).toBe(401);
    expect(await patch(api.url, '/api/auth/me', { token: session, body: { name: 'x' } })).toMatchObject({
      status: 401,
    });
  });
});

describe('EV-13 a password reset and the address of the account', () => {
  const isVerified = async (email: string) =>
    (await api.pool.query('SELECT email_verified_at IS NOT NULL AS yes FROM users WHERE email = $1', [email])).rows[0]
      .yes;

  it('a mailed link proves the address that it was sent to', async () => {
    const { email } = await anAccount();
    const token = await sentToken(email);
    expect(await isVerified(email)).toBe(false);
    expect((await reset(token)).status).toBe(204);
    expect(await isVerified(email)).toBe(true);
  });

  it('a link of the operator proves nothing', async () => {
    const { email } = await anAccount();
    const issued = await resets.issueFor(email);
    expect((await reset(issued?.token ?? '')).status).toBe(204);
    expect(await isVerified(email)).toBe(false);
  });

  it('a link does not prove another address than it was sent to', async () => {
    const { email } = await anAccount();
    const token = await sentToken(email);
    await api.pool.query('UPDATE users SET email = $2 WHERE email = $1', [email, `other-${email}`]);
    expect((await reset(token)).status).toBe(204);
    expect(await isVerified(`other-${email}`)).toBe(false);
  });

  it('ends a change of address that a thief in the account has asked for', async () => {
    const { email } = await anAccount();
    await api.pool.query('UPDATE users SET new_email = $2 WHERE email = $1', [email, `thief-${email}`]);
    expect((await reset(await sentToken(email))).status).toBe(204);
    const { rows } = await api.pool.query('SELECT new_email FROM users WHERE email = $1', [email]);
    expect(rows).toEqual([{ new_email: null }]);
  });
});

describe('AU-13 a reset link is refused', () => {
  const REFUSED = { status: 400, body: { code: 'RESET_TOKEN_INVALID' } };

  it('the second time, also in concurrent requests', async () => {
    const { email } = await anAccount();
    const token = await sentToken(email);
    const responses = await Promise.all(Array.from({ length: 5 }, () => reset(token)));
    expect(responses.map((response) => response.status).sort()).toEqual([204, 400, 400, 400, 400]);
    expect(await reset(token)).toMatchObject(REFUSED);
  });

  it('after an hour', async () => {
    const { email } = await anAccount();
    const token = await sentToken(email);
    await api.pool.query(`UPDATE password_resets SET expires_at = expires_at - interval '1 hour'`);
    expect(await reset(token)).toMatchObject(REFUSED);
  });

  it('when a newer link was requested, even if it is not sent yet', async () => {
    const { email } = await anAccount();
    const older = await sentToken(email);
    await forgot(email);
    expect(await reset(older)).toMatchObject(REFUSED);
    const [id] = (await requestedIds()).slice(-2);
    expect(await resets.issueToken(api.prisma, id as string, { isMailed: true })).toBeNull();
  });

  it('when its token is invented', async () => {
    expect(await reset('made-up')).toMatchObject(REFUSED);
  });

  it('and its host comes from the configuration, not from the headers of the request', async () => {
    const { email } = await anAccount();
    await forgot(email, { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' });
    expect(resets.linkFor('abc')).toBe('https://compete.example.org/reset-password#token=abc');
  });
});

it('AU-24 stores the token of a reset link in no table', async () => {
  const { email } = await anAccount();
  const token = await sentToken(email);
  for (const table of ['outbox', 'password_resets', 'mailbox_messages', 'audit_entries']) {
    const { rows } = await api.pool.query(`SELECT row_to_json(t)::text AS row FROM ${table} t`);
    expect(rows.filter(({ row }) => row.includes(token))).toEqual([]);
  }
});
