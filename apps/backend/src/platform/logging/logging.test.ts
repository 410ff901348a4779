import { CATALOGS } from '@mini-compete/messages/catalog';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { LogBuffer, startApi, TEST_SECRET, type TestApi } from '../../../test/support/api.js';
import { createTestDatabase } from '../../../test/support/database.js';
import { aCompetition, aPerson } from '../../../test/support/factories.js';
import { call, get, patch, post } from '../../../test/support/http-client.js';
import { spawnWorker } from '../../../test/support/processes.js';
import { PasswordResetService } from '../../accounts/password/password-reset.service.js';
import { createLogger } from './logger.js';
import { redactText } from './redact.js';

describe('AU-23 AU-24 the log at level debug, of a run with all kinds of secrets', () => {
  const logs = new LogBuffer();
  const secrets: Record<string, string> = {
    password: 'planted-password',
    wrong: 'planted-wrong-password',
    key: 'planted-key',
  };
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi({ logLevel: 'debug' }, logs);
    const body = { name: 'Ada', email: 'planted@example.org', password: secrets.password, role: 'PARTICIPANT' };
    const signedUp = await post(api.url, '/api/auth/signup', { body });
    secrets.access = signedUp.body.token;
    secrets.refresh = cookie(signedUp.headers, 'mc_refresh');
    await post(api.url, '/api/auth/login', { body: { email: body.email, password: secrets.wrong } });
    await post(api.url, '/api/auth/login', { body: `{"password": "${secrets.wrong}", ` });
    const headers = { cookie: `mc_refresh=${secrets.refresh}`, 'sec-fetch-site': 'same-origin' };
    const refreshed = await post(api.url, '/api/auth/refresh', { headers });
    secrets.newRefresh = cookie(refreshed.headers, 'mc_refresh');
    await patch(api.url, '/api/auth/me', {
      token: secrets.access,
      body: { password: secrets.wrong, currentPassword: secrets.wrong },
    });
    await get(api.url, `/api/nowhere?token=${secrets.access}&password=${secrets.password}`);
    const { id } = await aCompetition();
    const { token } = await aPerson();
    await call('POST', api.url, `/api/competitions/${id}/register`, { token, key: secrets.key, body: {} });
    await post(api.url, '/api/auth/forgot-password', { body: { email: body.email } });
    const resets = api.app.get(PasswordResetService);
    secrets.reset = (await resets.issueFor(body.email))?.token ?? '';
    await post(api.url, '/api/auth/reset-password', { body: { token: secrets.reset, password: secrets.password } });
    // Errors of the database driver, which contain the most values.
    await api.pool.query('ALTER TABLE users RENAME TO hidden');
    await post(api.url, '/api/auth/login', { body: { email: body.email, password: secrets.password } });
    await post(api.url, '/api/auth/signup', { body: { ...body, email: 'second@example.org' } });
    await api.pool.query('ALTER TABLE hidden RENAME TO users');
  });
  afterAll(() => api.close());

  it('has lines with request ids, and errors', () => {
    const lines = logs.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.some((line) => line.msg === 'request' && line.requestId && line.route === '/api/auth/login')).toBe(
      true,
    );
    expect(lines.some((line) => line.level === 'error' && line.err?.message)).toBe(true);
  });

  it('contains no password, token, cookie or key, nor JWT_SECRET', () => {
    for (const [name, secret] of Object.entries({ ...secrets, jwtSecret: TEST_SECRET })) {
      expect(secret.length, name).toBeGreaterThan(8);
      expect(logs.text.includes(secret), name).toBe(false);
    }
    expect(logs.text).not.toContain('$argon2');
  });

  it('counter-check: a secret in the log would be found', () => {
    logs.write(`plain ${secrets.access}\n`);
    expect(logs.text.includes(secrets.access ?? '')).toBe(true);
  });
});

describe('the logger', () => {
  it('redacts secrets in fields, nested fields, errors and texts', () => {
    const logs = new LogBuffer();
    const logger = createLogger({ logLevel: 'debug' }, 'test', logs);
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
    logger.log({
      msg: 'x',
      headers: { authorization: `Bearer ${jwt}`, cookie: `mc_access=${jwt}` },
      password: 'hunter22',
    });
    logger.error(new Error(`connect postgresql://mini:hunter22@db/mini failed with ${jwt}`), 'Somewhere');
    logger.warn('https://x.example/reset-password#token=hunter22');
    expect(logs.text).not.toMatch(/hunter22|eyJ/);
    expect(logs.text).toContain('postgresql://mini:***@db/mini');
  });

  it('does not change the sentences of the error codes', () => {
    for (const title of Object.values(CATALOGS.en.problems.title)) expect(redactText(title)).toBe(title);
  });
});

describe('warnings of Node', () => {
  /** A module that is loaded before the worker and warns like a library. Its URL, in the stack, contains its text. */
  const warnOnSignal = encodeURIComponent(`process.once('SIGUSR2', () => {
    const secret = ['hunter', '22'].join('');
    process.emitWarning('planted, with token=' + secret, { code: 'PLANTED', detail: 'password=' + secret });
    process.emitWarning('planted as deprecated', 'DeprecationWarning', 'DEP9999');
  })`);

  it('are JSON log lines without secrets, and are not printed a second time as text', async () => {
    const database = await createTestDatabase();
    const worker = await spawnWorker(database.url, {
      NODE_OPTIONS: `--import=data:text/javascript,${warnOnSignal}`,
    });
    await worker.ready();
    worker.child.kill('SIGUSR2');
    await vi.waitFor(() => expect(worker.output()).toContain('planted as deprecated'), { timeout: 5_000 });
    await worker.end('SIGTERM');
    await database.drop();
    const lines = worker
      .output()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const planted = lines.filter(({ msg }) => msg.startsWith('planted'));
    expect(planted).toMatchObject([
      { level: 'warn', process: 'worker', err: { name: 'Warning', code: 'PLANTED', stack: expect.any(String) } },
      { level: 'warn', process: 'worker', err: { name: 'DeprecationWarning', code: 'DEP9999' } },
    ]);
    expect(planted[0].detail).toBe('password=***');
    expect(worker.output()).not.toContain('hunter22');
  });
});

const cookie = (headers: Headers, name: string): string =>
  headers
    .getSetCookie()
    .find((line) => line.startsWith(`${name}=`))
    ?.split(';')[0]
    ?.slice(name.length + 1) ?? '';
