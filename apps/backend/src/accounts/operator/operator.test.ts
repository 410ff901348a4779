import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { aPerson } from '../../../test/support/factories.js';
import { patch, post } from '../../../test/support/http-client.js';
import { runAdminCommand } from '../../admin-commands.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const run = (...args: string[]) => runAdminCommand(api.env, args);
const login = (email: string, password: string) => post(api.url, '/api/auth/login', { body: { email, password } });

describe('npm run admin', () => {
  it('creates an admin and shows the generated password once', async () => {
    const output = await run('create', 'Root@Example.org');
    const password = output.split(': ').at(-1) ?? '';
    expect(await login('root@example.org', password)).toMatchObject({ status: 200, body: { user: { role: 'ADMIN' } } });
    await expect(run('create', 'root@example.org')).rejects.toThrow('already');
  });

  it('uses the password that was typed, and does not print it', async () => {
    const output = await runAdminCommand(api.env, ['create', 'typed@example.org'], async () => 'typed by hand');
    expect(output).not.toContain('typed by hand');
    expect((await login('typed@example.org', 'typed by hand')).status).toBe(200);
  });

  it('issues a working reset link', async () => {
    const { email } = await aPerson();
    const link = new URL(await run('reset-link', email));
    expect(link.origin).toBe('http://localhost:3000');
    const token = new URLSearchParams(link.hash.slice(1)).get('token');
    expect(
      (await post(api.url, '/api/auth/reset-password', { body: { token, password: 'a new password' } })).status,
    ).toBe(204);
    expect((await login(email, 'a new password')).status).toBe(200);
  });

  it('EV-14 verifies an address without a code, and admins from the start', async () => {
    const person = await aPerson();
    const isVerified = async (email: string) =>
      (await api.pool.query('SELECT email_verified_at IS NOT NULL AS yes FROM users WHERE email = $1', [email])).rows[0]
        ?.yes;
    await run('create', 'verified-admin@example.org');
    expect(await isVerified('verified-admin@example.org')).toBe(true);
    await api.pool.query('UPDATE users SET email_verified_at = NULL WHERE id = $1', [person.id]);
    expect(await run('verify', person.email)).toBe(`${person.email} is verified.`);
    expect(await isVerified(person.email)).toBe(true);
  });

  it('EV-14 completes a change of address, unless several accounts want the same', async () => {
    const [one, other] = [await aPerson(), await aPerson()];
    const want = (id: string) =>
      api.pool.query(`UPDATE users SET new_email = 'wanted@example.org' WHERE id = $1`, [id]);
    await want(one.id);
    await want(other.id);
    await expect(run('verify', 'wanted@example.org')).rejects.toThrow('Several accounts');
    await api.pool.query('UPDATE users SET new_email = NULL WHERE id = $1', [other.id]);
    await run('verify', 'wanted@example.org');
    const { rows } = await api.pool.query('SELECT email, new_email FROM users WHERE id = $1', [one.id]);
    expect(rows).toEqual([{ email: 'wanted@example.org', new_email: null }]);
  });

  it('disables an account at once, and enables it again without its sessions', async () => {
    const { email, token } = await aPerson();
    const rename = () => patch(api.url, '/api/auth/me', { token, body: { name: 'Renamed' } });
    expect((await rename()).status).toBe(200);
    await run('disable', email);
    expect((await rename()).status).toBe(403);
    await run('enable', email);
    expect((await rename()).body.code).toBe('SESSION_ENDED');
  });

  it('S17: an account is disabled now, by the clock of the database', async () => {
    const { id, email } = await aPerson();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 600_000 });
    await run('disable', email);
    vi.useRealTimers();
    const { rows } = await api.pool.query('SELECT disabled_at <= now() AS past FROM users WHERE id = $1', [id]);
    expect(rows).toEqual([{ past: true }]);
  });

  it.each([
    [],
    ['create'],
    ['destroy', 'a@example.org'],
    ['create', 'no address'],
    ['reset-link', 'nobody@example.org'],
    ['verify', 'nobody@example.org'],
  ])('rejects "%s %s" with a message for the operator', async (...args) => {
    await expect(run(...args)).rejects.toMatchObject({ name: 'OperatorError' });
  });
});
