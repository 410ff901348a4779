import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FaultProxy } from '../../../../../tools/src/testing/fault-proxy.js';
import { startApi, type TestApi } from '../../../test/support/api.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aPerson } from '../../../test/support/factories.js';
import { get, post } from '../../../test/support/http-client.js';

let database: TestDatabase;
let proxy: FaultProxy;
let api: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await api.close();
  await proxy.close();
});
afterAll(() => database.drop());

async function start(state: 'forwarding' | 'refusing') {
  proxy = await FaultProxy.open(database.url, state);
  api = await startApi({ databaseUrl: proxy.url });
}
const ready = () => get(api.url, '/health/ready');
const becomesReady = () => vi.waitFor(async () => expect((await ready()).status).toBe(200), 10_000);
const login = () => post(api.url, '/api/auth/login', { body: { email: 'nobody@example.org', password: 'x' } });

function expectUnavailable(response: { status: number; headers: Headers; body: { code?: string } }) {
  expect(response).toMatchObject({ status: 503, body: { code: expect.stringMatching(/UNAVAILABLE|BUSY/) } });
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
}

describe('health', () => {
  it('FT-11 is live but not ready while PostgreSQL is unreachable at start, and becomes ready on its own', async () => {
    await start('refusing');
    expect((await get(api.url, '/health/live')).status).toBe(200);
    expectUnavailable(await ready());
    expectUnavailable(await login());
    proxy.forward();
    await becomesReady();
    expect((await login()).status).toBe(401);
  });

  it('answers 503 with Retry-After while the database is unreachable, and recovers on its own', async () => {
    await start('forwarding');
    await becomesReady();
    const { token } = await aPerson();
    expect((await get(api.url, '/api/auth/me', { token })).status).toBe(200);
    proxy.refuse();
    expectUnavailable(await ready());
    expectUnavailable(await get(api.url, '/api/auth/me', { token }));
    proxy.forward();
    await becomesReady();
    expect((await get(api.url, '/api/auth/me', { token })).status).toBe(200);
  });

  it('says which version of the product answers, which is that of the whole repository', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../../../../package.json', import.meta.url), 'utf8'));
    await start('forwarding');
    await becomesReady();
    expect((await ready()).body).toEqual({ status: 'ready', version });
    expect((await get(api.url, '/api/openapi.json')).body).toMatchObject({ info: { version } });
  });

  it('is not ready without the migrations of its release', async () => {
    await start('forwarding');
    await becomesReady();
    await database.pool.query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%_init'`);
    expect(await ready()).toMatchObject({ status: 503, body: { detail: expect.stringContaining('_init') } });
    await database.pool.query(`UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL`);
    await becomesReady();
  });

  it('exposes metrics of requests by route and status, of the pool and of the event loop', async () => {
    await start('forwarding');
    await login();
    const { text } = await get(api.url, '/metrics');
    expect(text).toMatch(
      /mini_compete_request_seconds_count\{method="POST",route="\/api\/auth\/login",status="401"\} 1/,
    );
    expect(text).toMatch(/mini_compete_database_connections\{state="waited-for"\} 0/);
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  });

  it('refuses a database that may lose committed data', async () => {
    proxy = await FaultProxy.open(database.url);
    const name = new URL(database.url).pathname.slice(1);
    await database.pool.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    await expect(startApi({ databaseUrl: proxy.url })).rejects.toThrow('synchronous_commit is "off"');
    await database.pool.query(`ALTER DATABASE ${name} RESET synchronous_commit`);
    api = await startApi({ databaseUrl: proxy.url });
  });
});
