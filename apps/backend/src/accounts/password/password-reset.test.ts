import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/app.js';
import { patch, post } from '../../../test/client.js';
import { PasswordResetService } from './password-reset.service.js';

let api: TestApi;
let resets: PasswordResetService;
beforeAll(async () => {
  api = await startApi({ frontendUrl: 'https://compete.example.org' });
  resets = api.app.get(PasswordResetService);
});
afterAll(() => api.close());

let number = 0;
async function somebody() {
  const email = `reset-${++number}@example.org`;
  const body = { name: 'Ada', email, password: 'correct horse', role: 'PARTICIPANT' };
  return { email, ...(await post(api.url, '/api/auth/signup', { body })).body };
}
const forgot = (email: string, headers = {}) =>
  post(api.url, '/api/auth/forgot-password', { body: { email }, headers });
const reset = (token: string, password = 'a new password') =>
  post(api.url, '/api/auth/reset-password', { body: { token, password } });
const login = (email: string, password: string) => post(api.url, '/api/auth/login', { body: { email, password } });

const asked = async (): Promise<string[]> => {
  const { rows } = await api.pool.query<{ id: string }>(
    `SELECT payload->>'passwordResetId' AS id FROM outbox WHERE queue = 'mail' AND job = 'reset-link' ORDER BY id`,
  );
  return rows.map(({ id }) => id);
};
/** What the mail's builder does when the link goes out. */
async function sentToken(email: string): Promise<string> {
  await forgot(email);
  const issued = await resets.issueToken(api.prisma, (await asked()).at(-1) as string);
  expect(issued).toMatchObject({ email, name: 'Ada' });
  return issued?.token ?? '';
}

describe('a forgotten password', () => {
  it('is answered alike whether or not there is such an account', async () => {
    const { email } = await somebody();
    const before = await asked();
    const [known, unknown] = [await forgot(email), await forgot('nobody@example.org')];
    expect([known.status, known.text, unknown.status, unknown.text]).toEqual([202, '', 202, '']);
    expect(await asked()).toHaveLength(before.length + 1);
  });

  it('gets a new one by the link, once, and all sessions end', async () => {
    const { email, token: session } = await somebody();
    const token = await sentToken(email);
    expect((await reset(token)).status).toBe(204);
    expect((await login(email, 'a new password')).status).toBe(200);
    expect((await login(email, 'correct horse')).status).toBe(401);
    expect(await patch(api.url, '/api/auth/me', { token: session, body: { name: 'x' } })).toMatchObject({
      status: 401,
    });
  });
});

describe('AU-13 a reset link is refused', () => {
  const REFUSED = { status: 400, body: { code: 'RESET_TOKEN_INVALID' } };

  it('the second time, also when both come at once', async () => {
    const { email } = await somebody();
    const token = await sentToken(email);
    const answers = await Promise.all(Array.from({ length: 5 }, () => reset(token)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 400, 400, 400, 400]);
    expect(await reset(token)).toMatchObject(REFUSED);
  });

  it('after an hour', async () => {
    const { email } = await somebody();
    const token = await sentToken(email);
    await api.pool.query(`UPDATE password_resets SET expires_at = expires_at - interval '1 hour'`);
    expect(await reset(token)).toMatchObject(REFUSED);
  });

  it('when a newer one was asked for, even one that is not sent yet', async () => {
    const { email } = await somebody();
    const older = await sentToken(email);
    await forgot(email);
    expect(await reset(older)).toMatchObject(REFUSED);
    const [id] = (await asked()).slice(-2);
    expect(await resets.issueToken(api.prisma, id as string)).toBeNull();
  });

  it('when it is made up', async () => {
    expect(await reset('made-up')).toMatchObject(REFUSED);
  });

  it("and its host is the configuration's, whatever Host the request claimed", async () => {
    const { email } = await somebody();
    await forgot(email, { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' });
    expect(resets.linkFor('abc')).toBe('https://compete.example.org/reset-password#token=abc');
  });
});

it('AU-24 keeps no token of a reset link, in no table', async () => {
  const { email } = await somebody();
  const token = await sentToken(email);
  for (const table of ['outbox', 'password_resets', 'mailbox_messages', 'audit_entries']) {
    const { rows } = await api.pool.query(`SELECT row_to_json(t)::text AS row FROM ${table} t`);
    expect(rows.filter(({ row }) => row.includes(token))).toEqual([]);
  }
});
