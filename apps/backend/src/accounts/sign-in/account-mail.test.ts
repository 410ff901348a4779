import { createHash } from 'node:crypto';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aPerson } from '../../../test/support/factories.js';
import { post } from '../../../test/support/http-client.js';
import { allJobsSettled, enqueue } from '../../../test/support/jobs.js';
import { spawnWorker, type TestProcess } from '../../../test/support/processes.js';
import { messages, rows } from '../../../test/support/queries.js';
import { startSmtp, type TestSmtp } from '../../../test/support/smtp.js';

describe('mail about an account', () => {
  let api: TestApi;
  let smtp: TestSmtp;
  let worker: TestProcess;

  beforeAll(async () => {
    api = await startApi();
    smtp = await startSmtp();
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

  it('AU-24, AU-13: only the mail contains the reset link, and its host comes from FRONTEND_URL, not from the request', async () => {
    const person = await aPerson();
    const requested = await post(api.url, '/api/auth/forgot-password', {
      body: { email: person.email },
      headers: { 'x-forwarded-host': 'evil.example.org' },
    });
    expect(requested.status).toBe(202);
    await allJobsSettled();
    const mail = await PostalMime.parse(smtp.received.find(({ to }) => to === person.email)!.raw);
    const [, token = ''] = /https:\/\/compete\.example\.org\/reset-password#token=([\w-]+)/.exec(mail.text ?? '') ?? [];
    expect(token.length).toBeGreaterThan(20);
    expect(`${mail.text}${mail.html}`).not.toContain('evil');

    expect(await messages(`user_id = '${person.id}'`)).toEqual([]);
    expect(JSON.stringify(await rows('SELECT payload FROM outbox'))).not.toContain(token);
    expect(worker.output()).not.toContain(token);
    const hash = createHash('sha256').update(token).digest();
    expect(await rows('SELECT id FROM password_resets WHERE token_hash = $1', [hash])).toHaveLength(1);
    const reset = await post(api.url, '/api/auth/reset-password', { body: { token, password: 'a-new-password-1' } });
    expect(reset.status).toBeLessThan(300);
  });

  it('sends one message about a sign-in from a new device', async () => {
    const person = await aPerson();
    await Promise.all([1, 2].map(() => enqueue('new-sign-in', { sessionId: person.sessionId })));
    await allJobsSettled();
    expect(await messages(`user_id = '${person.id}'`)).toMatchObject([{ kind: 'NEW_SIGN_IN', delivery: 'SENT' }]);
    const mail = await PostalMime.parse(smtp.received.find(({ to }) => to === person.email)!.raw);
    expect(mail.text).toContain('https://compete.example.org/profile');
  });

  it('LA-12: sends the reset link in the language of the account', async () => {
    const person = await aPerson();
    await rows(`UPDATE users SET language = 'de' WHERE id = $1`, [person.id]);
    await post(api.url, '/api/auth/forgot-password', { body: { email: person.email } });
    await allJobsSettled();
    const mail = await PostalMime.parse(smtp.received.find(({ to }) => to === person.email)!.raw);
    expect(mail.subject).toBe('Neues Passwort festlegen');
    expect(mail.html).toContain('<html lang="de" dir="ltr">');
    expect(mail.text).toContain(`Hallo ${person.name},`);
  });

  it('JB-27: a reset link to an address at which the server hangs up spends its attempts, and does not pause the queue', async () => {
    const [bad, good] = [await aPerson(), await aPerson()];
    const pausesBefore = await rows('SELECT FROM queue_rests');
    smtp.fault = { at: 'dot', action: 'disconnect', to: bad.email };
    for (const { email } of [bad, good]) await post(api.url, '/api/auth/forgot-password', { body: { email } });
    await allJobsSettled();
    expect(smtp.received.filter(({ to }) => to === good.email)).toHaveLength(1);
    expect(smtp.received.filter(({ to }) => to === bad.email)).toHaveLength(3);
    expect(await rows('SELECT job, attempts, permanent FROM failed_jobs')).toEqual([
      { job: 'reset-link', attempts: 3, permanent: false },
    ]);
    expect(await rows('SELECT FROM queue_rests')).toEqual(pausesBefore);
    smtp.fault = null;
  });

  it('JB-21: refuses to create an account whose name or address contains a line break or a second address', async () => {
    const valid = { name: 'Nobody', email: 'nobody@example.org', password: 'a-long-password-1', role: 'PARTICIPANT' };
    for (const invalid of [
      { name: 'A\r\nBcc: x@example.org' },
      { name: 'A\nB' },
      { email: 'a@example.org\r\nBcc: x@example.org' },
      { email: 'a@example.org, b@example.org' },
      { email: 'a@example.org b@example.org' },
      { email: '<a@example.org>' },
    ])
      expect(
        (await post(api.url, '/api/auth/signup', { body: { ...valid, ...invalid } })).status,
        JSON.stringify(invalid),
      ).toBe(400);
    expect(await rows(`SELECT id FROM users WHERE name LIKE 'A%' OR email LIKE 'a@%'`)).toEqual([]);
  });

  it('JB-21: a line break in a stored name adds neither a header nor a recipient', async () => {
    const person = await aPerson();
    await rows('UPDATE users SET name = $2 WHERE id = $1', [
      person.id,
      'Eve\r\nBcc: victim@example.org, "x" <y@example.org>',
    ]);
    await enqueue('new-sign-in', { sessionId: person.sessionId });
    await allJobsSettled();
    const received = smtp.received.filter(({ raw }) => raw.includes('Eve'));
    expect(received.map(({ to }) => to)).toEqual([person.email]);
    const mail = await PostalMime.parse(received[0]!.raw);
    expect(mail.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(mail.to?.map(({ address }) => address)).toEqual([person.email]);
  });
});
