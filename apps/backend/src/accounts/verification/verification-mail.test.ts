import { LANGUAGES } from '@mini-compete/shared/languages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { createTestDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { post } from '../../../test/support/http-client.js';
import { allJobsSettled } from '../../../test/support/jobs.js';
import { spawnWorker, type TestProcess } from '../../../test/support/processes.js';
import { messages, rows } from '../../../test/support/queries.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';
import { parseVerificationMail, type VerificationMail } from '../../../test/support/verification-mail.js';

const PASSWORD = 'correct horse';
let number = 0;

describe('with a mail server', () => {
  let api: TestApi;
  let smtp: TestSmtp;
  let worker: TestProcess;

  beforeAll(async () => {
    smtp = await startSmtp();
    api = await startApi({ smtpUrl: smtp.url });
    worker = await spawnWorker(api.env.databaseUrl, {
      SMTP_URL: smtp.url,
      FRONTEND_URL: 'https://compete.example.org',
      LOG_LEVEL: 'debug',
    });
    await worker.ready();
  });
  afterAll(async () => {
    await worker?.kill();
    await smtp?.close();
    await api?.close();
  });

  async function signUp(language = 'en') {
    const email = `mail-${++number}@example.org`;
    const body = { name: 'Ada', email, password: PASSWORD, role: 'PARTICIPANT', language };
    const { user, token } = (await post(api.url, '/api/auth/signup', { body })).body;
    return { id: user.id as string, email, token: token as string };
  }
  const mailsTo = (email: string): Promise<VerificationMail[]> =>
    Promise.all(smtp.received.filter(({ to }) => to === email).map(({ raw }) => parseVerificationMail(raw)));

  it('EV-08 only the mail contains code and link of a new account', async () => {
    const { id, email, token: session } = await signUp();
    await allJobsSettled();
    const [mail] = await mailsTo(email);
    const { code, link } = mail as VerificationMail;
    const [, token = ''] = /^https:\/\/compete\.example\.org\/verify-email#token=([\w-]+)$/.exec(link) ?? [];
    expect(code).toMatch(/^\d{6}$/);
    expect(token.length).toBeGreaterThan(20);
    expect(await messages(`user_id = '${id}'`)).toEqual([]);
    for (const table of ['outbox', 'email_verifications', 'mailbox_messages', 'audit_entries', 'failed_jobs'])
      for (const { row } of await rows<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM ${table} t`)) {
        expect(row).not.toContain(token);
        // Digits alone may be part of a hash or an id.
        expect(row).not.toMatch(new RegExp(`(?<![\\da-f])${code}(?![\\da-f])`));
      }
    expect(worker.output()).not.toContain(token);
    expect(worker.output()).not.toMatch(new RegExp(`(?<![\\da-f.-])${code}(?![\\da-f])`));
    const confirmed = await post(api.url, '/api/auth/verification/confirm', { token: session, body: { code } });
    expect(confirmed).toMatchObject({ status: 200, body: { verified: true } });
  });

  it.each(LANGUAGES)(
    'EV-09 the mail with the code is complete in the language of the account (%s)',
    async (language) => {
      const { email } = await signUp(language);
      await allJobsSettled();
      const [mail] = await mailsTo(email);
      const { code } = mail as VerificationMail;
      expect(mail?.subject).toContain(code);
      expect(mail?.html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
      expect(mail?.html).toContain(`dir="ltr" style="margin:0 0 18px;`);
      expect(mail?.html).toContain('/verify-email#token=');
      const subjects = { en: 'is your code', de: 'ist dein Code', ar: 'هو رمزك' };
      expect(mail?.subject).toContain(subjects[language]);
    },
  );

  it('EV-06 a change of address goes to the new one and a message to the old one, also after it was verified', async () => {
    const { id, email, token } = await signUp('de');
    await allJobsSettled();
    await rows(`UPDATE email_verifications SET created_at = created_at - interval '1 minute' WHERE user_id = $1`, [id]);
    const newEmail = `changed-${email}`;
    smtp.fault = { at: 'rcpt', action: 'reject', code: 450, to: email, times: 1 };
    const change = { email: newEmail, currentPassword: PASSWORD };
    expect((await post(api.url, '/api/auth/email', { token, body: change })).status).toBe(202);
    const [codeMail] = await eventually(
      () => mailsTo(newEmail),
      (mails) => mails.length > 0,
    );
    const { code } = codeMail as VerificationMail;
    expect((await post(api.url, '/api/auth/verification/confirm', { token, body: { code } })).status).toBe(200);
    // The mail to the old address was refused once: it is sent after the change has happened.
    await allJobsSettled();
    const warning = (await mailsTo(email)).at(-1);
    expect(warning?.subject).toBe('Deine E-Mail-Adresse wird geändert');
    expect(warning?.text).toContain(newEmail);
    expect(warning?.text).toContain('ändere dein Passwort');
    expect(warning?.text).toContain('https://compete.example.org/profile');
    expect(await mailsTo(newEmail)).toHaveLength(1);
    expect(await messages(`user_id = '${id}'`)).toMatchObject([{ kind: 'ADDRESS_CHANGED', delivery: 'SENT' }]);
  });

  it('a code that an absent mail server delayed for longer than it works is replaced by a fresh one', async () => {
    const { id, email, token } = await signUp();
    await allJobsSettled();
    const [first] = await mailsTo(email);
    await rows(`UPDATE email_verifications SET expires_at = now() - interval '1 minute' WHERE user_id = $1`, [id]);
    await rows(
      `UPDATE outbox SET settled_at = NULL, handed_at = NULL, due_at = now()
       WHERE payload->>'verificationId' = (SELECT id::text FROM email_verifications WHERE user_id = $1)`,
      [id],
    );
    await rows('NOTIFY outbox');
    await allJobsSettled();
    const second = (await mailsTo(email)).at(-1) as VerificationMail;
    expect(second.link).not.toBe(first?.link);
    const { code } = second;
    expect((await post(api.url, '/api/auth/verification/confirm', { token, body: { code } })).status).toBe(200);
  });
});

describe('EV-12 without a mail server', () => {
  const LINE = /^Verification code for trial@example\.org: \d{6}$/m;

  it.each([
    ['development', true],
    ['production', false],
  ])('NODE_ENV=%s: the code is a line in the terminal: %s', async (nodeEnv, isPrinted) => {
    const database = await createTestDatabase();
    // A mail server was configured when the account was created: there is a job, and the worker has to decide.
    const api = await startApi({ databaseUrl: database.url, smtpUrl: 'smtp://127.0.0.1:1' });
    const worker = await spawnWorker(database.url, { NODE_ENV: nodeEnv });
    try {
      await worker.ready();
      const body = { name: 'Ada', email: 'trial@example.org', password: PASSWORD, role: 'PARTICIPANT' };
      expect((await post(api.url, '/api/auth/signup', { body })).status).toBe(201);
      await allJobsSettled();
      if (isPrinted)
        await eventually(
          async () => worker.output(),
          (output) => LINE.test(output),
        );
      else expect(worker.output()).not.toContain('trial@example.org');
    } finally {
      await worker.kill();
      await api.close();
      await database.drop();
    }
  });
});
