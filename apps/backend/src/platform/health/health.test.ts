import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../test/app.js';
import { get, post } from '../../../test/client.js';
import { createTestDatabase, type TestDatabase } from '../../../test/database.js';
import { aPerson } from '../../../test/factories.js';
import { type FaultProxy, gateBefore } from '../../../test/gate.js';

let database: TestDatabase;
let gate: FaultProxy;
let api: TestApi;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await api.close();
  await gate.close();
});
afterAll(() => database.drop());

async function start(state: 'open' | 'shut') {
  gate = await gateBefore(database.url, state);
  api = await startApi({ databaseUrl: gate.url });
}
const ready = () => get(api.url, '/health/ready');
const becomesReady = () => vi.waitFor(async () => expect((await ready()).status).toBe(200), 10_000);
const login = () => post(api.url, '/api/auth/login', { body: { email: 'nobody@example.org', password: 'x' } });

function expectDeclared(answer: { status: number; headers: Headers; body: { code?: string } }) {
  expect(answer).toMatchObject({ status: 503, body: { code: expect.stringMatching(/UNAVAILABLE|BUSY/) } });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
}

describe('health', () => {
  it('FT-11 is up but not ready while PostgreSQL is absent at start, and becomes ready by itself', async () => {
    await start('shut');
    expect((await get(api.url, '/health/live')).status).toBe(200);
    expectDeclared(await ready());
    expectDeclared(await login());
    gate.open();
    await becomesReady();
    expect((await login()).status).toBe(401);
  });

  it('says a declared 503 while the database is gone, and heals by itself', async () => {
    await start('open');
    await becomesReady();
    const { token } = await aPerson();
    expect((await get(api.url, '/api/auth/me', { token })).status).toBe(200);
    gate.shut();
    expectDeclared(await ready());
    expectDeclared(await get(api.url, '/api/auth/me', { token }));
    gate.open();
    await becomesReady();
    expect((await get(api.url, '/api/auth/me', { token })).status).toBe(200);
  });

  it('is not ready without the migrations that it was built with', async () => {
    await start('open');
    await becomesReady();
    await database.pool.query(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%_init'`);
    expect(await ready()).toMatchObject({ status: 503, body: { detail: expect.stringContaining('_init') } });
    await database.pool.query(`UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL`);
    await becomesReady();
  });

  it('counts requests by route and status, and shows pool and event loop', async () => {
    await start('open');
    await login();
    const { text } = await get(api.url, '/metrics');
    expect(text).toMatch(
      /mini_compete_request_seconds_count\{method="POST",route="\/api\/auth\/login",status="401"\} 1/,
    );
    expect(text).toMatch(/mini_compete_database_connections\{state="waited-for"\} 0/);
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  });

  it('refuses a database that may lose what it confirmed', async () => {
    gate = await gateBefore(database.url);
    const name = new URL(database.url).pathname.slice(1);
    await database.pool.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    await expect(startApi({ databaseUrl: gate.url })).rejects.toThrow('synchronous_commit is "off"');
    await database.pool.query(`ALTER DATABASE ${name} RESET synchronous_commit`);
    api = await startApi({ databaseUrl: gate.url });
  });
});
