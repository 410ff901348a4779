import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { participantClient } from '../../../test/support/competition-clients.js';
import { aCompetition, inHours } from '../../../test/support/factories.js';
import { type ApiResponse, del, get, post, tally } from '../../../test/support/http-client.js';
import { type IssuedVerification, VerificationRequests } from './verification-requests.js';

let api: TestApi;
/** A second API process of the same installation. */
let other: TestApi;
beforeAll(async () => {
  // Access tokens outlive the shifted clocks. Nothing is sent: the tests issue codes as the job does, so the address of the mail server does not matter.
  const env = { smtpUrl: 'smtp://127.0.0.1:1', requireVerifiedEmail: true, jwtExpirationSeconds: 86_400 };
  api = await startApi(env);
  other = await startApi({ ...env, databaseUrl: api.env.databaseUrl });
});
afterAll(async () => {
  await other?.close();
  await api?.close();
});

interface Account {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

const PASSWORD = 'correct horse';
let number = 0;
async function anAccount(role = 'PARTICIPANT'): Promise<Account> {
  const email = `verify-${++number}@example.org`;
  const { body } = await post(api.url, '/api/auth/signup', { body: { name: 'Ada', email, password: PASSWORD, role } });
  return { id: body.user.id, email, token: body.token };
}
const logIn = async ({ email }: Account): Promise<string> =>
  (await post(api.url, '/api/auth/login', { body: { email, password: PASSWORD } })).body.token;

const me = async ({ token }: Account) => (await get(api.url, '/api/auth/me', { token })).body;
const resend = ({ token }: Account, url = api.url) => post(url, '/api/auth/verification', { token });
const confirm = ({ token }: { token: string }, code: string, url = api.url) =>
  post(url, '/api/auth/verification/confirm', { token, body: { code } });
const confirmLink = (token: string | undefined, link: string) =>
  post(api.url, '/api/auth/verification/confirm-link', { token, body: { token: link } });
const change = ({ token }: Account, email: string, currentPassword = PASSWORD) =>
  post(api.url, '/api/auth/email', { token, body: { email, currentPassword } });

/** Issues the newest code of an account, like the job that sends the mail. */
async function mailed({ id }: Account): Promise<IssuedVerification> {
  const { rows } = await api.pool.query<{ id: string }>(
    'SELECT id FROM email_verifications WHERE user_id = $1 ORDER BY id DESC LIMIT 1',
    [id],
  );
  const issued = await api.app.get(VerificationRequests).issue(api.prisma, rows[0]?.id ?? '');
  if (issued === null) throw new Error('There was no code to send.');
  return issued;
}
const wrong = (code: string) => (code === '000000' ? '000001' : '000000');
/** As if the requests of the account had been made earlier. */
const age = ({ id }: Account, interval: string) =>
  api.pool.query('UPDATE email_verifications SET created_at = created_at - $2::interval WHERE user_id = $1', [
    id,
    interval,
  ]);
const jobsOf = async ({ id }: Account) =>
  (
    await api.pool.query(
      `SELECT o.queue, o.job FROM outbox o JOIN email_verifications v ON v.id = (o.payload->>'verificationId')::uuid
       WHERE v.user_id = $1 ORDER BY o.id`,
      [id],
    )
  ).rows;

const VERIFIED = { status: 200, body: { verified: true } };
const EXPIRED = { status: 400, body: { code: 'VERIFICATION_EXPIRED' } };
const INVALID = { status: 400, body: { code: 'VERIFICATION_CODE_INVALID' } };

describe('a new account', () => {
  it('gets a code in the queue that is never throttled, and is verified by it', async () => {
    const account = await anAccount();
    expect(await jobsOf(account)).toEqual([{ queue: 'security-mail', job: 'verify-email' }]);
    expect(await me(account)).toMatchObject({ emailVerified: false, verification: 'required' });
    const { code, email } = await mailed(account);
    expect(email).toBe(account.email);
    expect(code).toMatch(/^\d{6}$/);
    expect(await confirm(account, code)).toMatchObject({ status: 200, body: { verified: true, email } });
    expect(await me(account)).toMatchObject({ emailVerified: true, verification: 'none' });
  });

  it('EV-02 may type the code with spaces, or in the digits of an Arabic keyboard', async () => {
    for (const write of [
      (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)} `,
      (code: string) => code.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit))),
    ]) {
      const account = await anAccount();
      expect(await confirm(account, write((await mailed(account)).code))).toMatchObject(VERIFIED);
    }
    expect(await confirm(await anAccount(), '12345')).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED' },
    });
  });

  it('EV-03 verifies twice, also at once on two servers, with the same response', async () => {
    const account = await anAccount();
    const { code } = await mailed(account);
    const responses = await Promise.all([api, other, api, other].map(({ url }) => confirm(account, code, url)));
    for (const response of [...responses, await confirm(account, code)]) expect(response).toMatchObject(VERIFIED);
  });

  it('EV-10 is refused a seat and a competition of its own until it is verified', async () => {
    const [participant, organizer] = [await anAccount(), await anAccount('ORGANIZER')];
    const competition = await aCompetition();
    const { register } = participantClient(api.url);
    const registering = () => register(participant as never, competition);
    const creating = () =>
      post(api.url, '/api/competitions', {
        token: organizer.token,
        body: { title: 'Cup', description: '', tags: [], capacity: 3, regDeadline: inHours(5).toISOString() },
      });
    for (const refused of [await registering(), await creating()])
      expect(refused).toMatchObject({ status: 403, body: { code: 'EMAIL_NOT_VERIFIED' } });
    await confirm(participant, (await mailed(participant)).code);
    await confirm(organizer, (await mailed(organizer)).code);
    expect([(await registering()).status, (await creating()).status]).toEqual([201, 201]);
  });

  it('EV-10 from before this rule registers and creates without verifying', async () => {
    const organizer = await anAccount('ORGANIZER');
    await api.pool.query('UPDATE users SET must_verify = false WHERE id = $1', [organizer.id]);
    expect(await me(organizer)).toMatchObject({ emailVerified: false, verification: 'none' });
    const body = { title: 'Cup', description: '', tags: [], capacity: 3, regDeadline: inHours(5).toISOString() };
    expect((await post(api.url, '/api/competitions', { token: organizer.token, body })).status).toBe(201);
  });
});

describe('EV-04 a code', () => {
  it('has five tries, however many are made at once on two servers', async () => {
    const account = await anAccount();
    const { code } = await mailed(account);
    const responses = await Promise.all(
      Array.from({ length: 200 }, (_, i) => confirm(account, wrong(code), (i % 2 ? api : other).url)),
    );
    expect(tally(responses)).toEqual({ VERIFICATION_CODE_INVALID: 5, VERIFICATION_EXPIRED: 195 });
    const triesLeft = responses.flatMap(({ body }) => (body.triesLeft === undefined ? [] : [body.triesLeft]));
    expect(triesLeft.sort()).toEqual([0, 1, 2, 3, 4]);
    expect(await confirm(account, code)).toMatchObject(EXPIRED);
  });

  it('sabotage: without the count of tries, all guesses are compared', async () => {
    const account = await anAccount();
    const { code } = await mailed(account);
    await api.pool.query(`
      CREATE FUNCTION forget_tries() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.tries := OLD.tries; RETURN NEW; END';
      CREATE TRIGGER forget_tries BEFORE UPDATE ON email_verifications FOR EACH ROW EXECUTE FUNCTION forget_tries()`);
    const responses = await Promise.all(Array.from({ length: 50 }, () => confirm(account, wrong(code))));
    await api.pool.query('DROP FUNCTION forget_tries CASCADE');
    expect(tally(responses)).toEqual({ VERIFICATION_CODE_INVALID: 50 });
  });

  it('works for ten minutes by the clock of the database, whatever the clock of the server says', async () => {
    const account = await anAccount();
    const { code } = await mailed(account);
    const expire = (interval: string) =>
      api.pool.query('UPDATE email_verifications SET expires_at = expires_at - $2::interval WHERE user_id = $1', [
        account.id,
        interval,
      ]);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 7_200_000 });
    const twoHoursAhead = await confirm(account, wrong(code));
    vi.useRealTimers();
    expect(twoHoursAhead).toMatchObject(INVALID);
    await expire('10 minutes');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 7_200_000 });
    const twoHoursBehind = await confirm(account, code);
    vi.useRealTimers();
    expect(twoHoursBehind).toMatchObject(EXPIRED);
    await expire('-9 minutes');
    expect(await confirm(account, code)).toMatchObject(VERIFIED);
  });

  it('of one account does not verify another', async () => {
    const [one, two] = [await anAccount(), await anAccount()];
    const [{ code }] = [await mailed(one), await mailed(two)];
    expect(await confirm(two, code)).toMatchObject({ body: { code: 'VERIFICATION_CODE_INVALID', triesLeft: 4 } });
    expect((await me(two)).emailVerified).toBe(false);
  });

  it('stops working when a newer one is requested, also before that one is sent', async () => {
    const account = await anAccount();
    const { code, token } = await mailed(account);
    await age(account, '1 minute');
    expect((await resend(account)).status).toBe(202);
    expect(await confirm(account, code)).toMatchObject(EXPIRED);
    const newer = await mailed(account);
    expect(await confirm(account, code)).toMatchObject(INVALID);
    expect(await confirmLink(account.token, token)).toMatchObject(EXPIRED);
    expect(await confirm(account, newer.code)).toMatchObject(VERIFIED);
  });

  it('is stored as a hash with a key of the servers', async () => {
    const account = await anAccount();
    const { code, token } = await mailed(account);
    const { rows } = await api.pool.query(
      `SELECT code_hash AS hash, sha256(convert_to($2, 'UTF8')) AS plain, row_to_json(v)::text AS row
       FROM email_verifications v WHERE user_id = $1`,
      [account.id, code],
    );
    expect(rows[0].hash.equals(rows[0].plain)).toBe(false);
    expect(rows[0].row).not.toContain(token);
  });
});

describe('EV-05 another code', () => {
  const waits = (responses: ApiResponse[]) =>
    responses.flatMap(({ status, headers }) => (status === 429 ? [Number(headers.get('retry-after'))] : []));

  it('can be requested once a minute, also by hundreds of requests at once on two servers', async () => {
    const account = await anAccount();
    expect(waits([await resend(account)])[0]).toBeGreaterThan(50);
    await age(account, '1 minute');
    const responses = await Promise.all(
      Array.from({ length: 100 }, (_, i) => resend(account, (i % 2 ? api : other).url)),
    );
    // However slow the machine is: some may get BUSY, and there is no second code.
    for (const { status, headers } of responses)
      expect(status === 202 || (/^(429|503)$/.test(String(status)) && Number(headers.get('retry-after')) > 0)).toBe(
        true,
      );
    for (const wait of waits(responses)) expect(wait).toBeLessThanOrEqual(60);
    expect(responses.filter(({ status }) => status === 202).length).toBeLessThanOrEqual(1);
    expect(await jobsOf(account)).toHaveLength(2);
  });

  it('can be requested ten times a day', async () => {
    const account = await anAccount();
    for (let i = 0; i < 9; i++) {
      await age(account, '1 hour');
      expect((await resend(account)).status).toBe(202);
    }
    await age(account, '1 hour');
    const [wait] = waits([await resend(account)]);
    // The first of the ten was made ten hours ago.
    expect(wait).toBeGreaterThan(13 * 3600);
    expect(wait).toBeLessThanOrEqual(14 * 3600);
    await age(account, '14 hours');
    expect((await resend(account)).status).toBe(202);
  });

  it('is not sent when there is nothing to verify', async () => {
    const account = await anAccount();
    await confirm(account, (await mailed(account)).code);
    await age(account, '1 minute');
    expect(await resend(account)).toMatchObject({ status: 202, body: { verified: true } });
    expect(await jobsOf(account)).toHaveLength(1);
  });
});

describe('EV-01 the link of the mail', () => {
  it('works in the session that asked for it only, and twice there', async () => {
    const account = await anAccount();
    const { token: link } = await mailed(account);
    const INVALID_LINK = { status: 400, body: { code: 'VERIFICATION_LINK_INVALID' } };
    expect(await confirmLink(undefined, link)).toMatchObject({ status: 401 });
    expect(await confirmLink(await logIn(account), link)).toMatchObject(INVALID_LINK);
    expect(await confirmLink((await anAccount()).token, link)).toMatchObject(INVALID_LINK);
    expect(await confirmLink(account.token, 'made-up')).toMatchObject(INVALID_LINK);
    expect((await me(account)).emailVerified).toBe(false);
    expect(await confirmLink(account.token, link)).toMatchObject(VERIFIED);
    expect(await confirmLink(account.token, link)).toMatchObject(VERIFIED);
  });

  it('is not needed by another session, which types the code', async () => {
    const account = await anAccount();
    const { code } = await mailed(account);
    expect(await confirm({ token: await logIn(account) }, code)).toMatchObject(VERIFIED);
  });
});

describe('EV-06 a change of address', () => {
  const newAddress = () => `new-${++number}@example.org`;
  async function aVerifiedAccount(): Promise<Account> {
    const account = await anAccount();
    await confirm(account, (await mailed(account)).code);
    await age(account, '1 minute');
    return account;
  }

  it('needs the password, counts when it is verified, and keeps sessions and messages', async () => {
    const account = await aVerifiedAccount();
    const email = newAddress();
    expect(await change(account, email, 'wrong')).toMatchObject({ status: 403, body: { code: 'WRONG_PASSWORD' } });
    expect(await change(account, email)).toMatchObject({ status: 202, body: { email, verified: false } });
    expect(await me(account)).toMatchObject({ email: account.email, newEmail: email, emailVerified: true });
    const otherSession = await logIn(account);
    const issued = await mailed(account);
    expect(issued.email).toBe(email);
    expect(await confirm(account, issued.code)).toMatchObject({ status: 200, body: { email, verified: true } });
    expect(await me(account)).toMatchObject({ email, newEmail: null, emailVerified: true });
    expect((await get(api.url, '/api/auth/me', { token: otherSession })).body.email).toBe(email);
    expect((await post(api.url, '/api/auth/login', { body: { email, password: PASSWORD } })).status).toBe(200);
    expect(await jobsOf(account)).toContainEqual({ queue: 'account', job: 'address-changed' });
  });

  it('is visible, and can be canceled: its code stops working', async () => {
    const account = await aVerifiedAccount();
    await change(account, newAddress());
    const { code, token } = await mailed(account);
    expect((await del(api.url, '/api/auth/email', { token: account.token })).status).toBe(204);
    expect((await del(api.url, '/api/auth/email', { token: account.token })).status).toBe(204);
    await confirm(account, code);
    await confirmLink(account.token, token);
    expect(await me(account)).toMatchObject({ email: account.email, newEmail: null });
  });

  it('is refused for an address that has an account, at the latest when it is verified', async () => {
    const [account, taken] = [await aVerifiedAccount(), await anAccount()];
    expect(await change(account, taken.email)).toMatchObject({ status: 409, body: { code: 'EMAIL_TAKEN' } });
    const email = newAddress();
    await change(account, email);
    const { code } = await mailed(account);
    const signUp = { name: 'Eve', email, password: PASSWORD, role: 'PARTICIPANT' };
    expect((await post(api.url, '/api/auth/signup', { body: signUp })).status).toBe(201);
    expect(await confirm(account, code)).toMatchObject({ status: 409, body: { code: 'EMAIL_TAKEN' } });
    expect(await me(account)).toMatchObject({ email: account.email, newEmail: email });
  });

  it('EV-07 gives an address that two accounts claim at once to one of them', async () => {
    const accounts = [await aVerifiedAccount(), await aVerifiedAccount()];
    const email = newAddress();
    for (const account of accounts) expect((await change(account, email)).status).toBe(202);
    const codes = await Promise.all(accounts.map(mailed));
    const responses = await Promise.all(
      accounts.map((account, i) => confirm(account, codes[i]?.code ?? '', (i ? api : other).url)),
    );
    expect(tally(responses)).toEqual({ 200: 1, EMAIL_TAKEN: 1 });
    const { rows } = await api.pool.query('SELECT count(*)::int AS n FROM users WHERE email = $1', [email]);
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('invalidates reset links that were sent to the old address', async () => {
    const account = await aVerifiedAccount();
    await post(api.url, '/api/auth/forgot-password', { body: { email: account.email } });
    await change(account, newAddress());
    await confirm(account, (await mailed(account)).code);
    const { rows } = await api.pool.query(
      'SELECT used_at IS NOT NULL AS used FROM password_resets WHERE user_id = $1',
      [account.id],
    );
    expect(rows).toEqual([{ used: true }]);
  });

  it('back to the current address cancels it, and to a mistyped one is corrected', async () => {
    const account = await aVerifiedAccount();
    const [mistyped, email] = [newAddress(), newAddress()];
    await change(account, mistyped);
    const { code } = await mailed(account);
    await age(account, '1 minute');
    await change(account, email);
    expect(await confirm(account, code)).toMatchObject(EXPIRED);
    expect(await change(account, account.email)).toMatchObject({ status: 202, body: { verified: true } });
    expect(await me(account)).toMatchObject({ email: account.email, newEmail: null });
  });
});
