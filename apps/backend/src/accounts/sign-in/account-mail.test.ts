import { createHash } from 'node:crypto';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../../../test/app.js';
import { post } from '../../../test/client.js';
import { aPerson } from '../../../test/factories.js';
import { enqueue } from '../../../test/handlers.js';
import { allSettled, messages, rows } from '../../../test/jobs.js';
import { startSmtp, type TestSmtp } from '../../../test/smtp.js';
import { spawnWorker, type WorkerProcess } from '../../../test/worker.js';

describe('mail about an account', () => {
  let api: TestApi;
  let smtp: TestSmtp;
  let worker: WorkerProcess;

  beforeAll(async () => {
    api = await startApi();
    smtp = await startSmtp();
    worker = await spawnWorker({
      DATABASE_URL: api.env.databaseUrl,
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

  it('AU-24, AU-13: a reset link is in the mail and nowhere else, and its host is ours whatever was asked', async () => {
    const person = await aPerson();
    const asked = await post(api.url, '/api/auth/forgot-password', {
      body: { email: person.email },
      headers: { 'x-forwarded-host': 'evil.example.org' },
    });
    expect(asked.status).toBe(202);
    await allSettled();
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

  it('a sign-in from a new place is told once', async () => {
    const person = await aPerson();
    const ids = [1, 2].map(() => enqueue('new-sign-in', { sessionId: person.sessionId }));
    await Promise.all(ids);
    await allSettled();
    expect(await messages(`user_id = '${person.id}'`)).toMatchObject([{ kind: 'NEW_SIGN_IN', delivery: 'SENT' }]);
    const mail = await PostalMime.parse(smtp.received.find(({ to }) => to === person.email)!.raw);
    expect(mail.text).toContain('https://compete.example.org/profile');
  });

  it('JB-21: a name or an address with a line break, or with a second address, is no account', async () => {
    const good = { name: 'Nobody', email: 'nobody@example.org', password: 'a-long-password-1', role: 'PARTICIPANT' };
    for (const bad of [
      { name: 'A\r\nBcc: x@example.org' },
      { name: 'A\nB' },
      { email: 'a@example.org\r\nBcc: x@example.org' },
      { email: 'a@example.org, b@example.org' },
      { email: 'a@example.org b@example.org' },
      { email: '<a@example.org>' },
    ])
      expect((await post(api.url, '/api/auth/signup', { body: { ...good, ...bad } })).status, JSON.stringify(bad)).toBe(
        400,
      );
    expect(await rows(`SELECT id FROM users WHERE name LIKE 'A%' OR email LIKE 'a@%'`)).toEqual([]);
  });

  it('JB-21: what is in the database all the same becomes neither a header nor an address', async () => {
    const person = await aPerson();
    await rows('UPDATE users SET name = $2 WHERE id = $1', [
      person.id,
      'Eve\r\nBcc: victim@example.org, "x" <y@example.org>',
    ]);
    await enqueue('new-sign-in', { sessionId: person.sessionId });
    await allSettled();
    const received = smtp.received.filter(({ raw }) => raw.includes('Eve'));
    expect(received.map(({ to }) => to)).toEqual([person.email]);
    const mail = await PostalMime.parse(received[0]!.raw);
    expect(mail.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(mail.to?.map(({ address }) => address)).toEqual([person.email]);
  });
});
