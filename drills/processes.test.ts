import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Postgres } from '../tools/src/testing/postgres.js';
import { migrate, type ProductProcess } from '../tools/src/testing/product-process.js';
import { waitFor } from '../tools/src/testing/wait-for.js';
import { requestsFor, sendAll } from './harness/client.js';
import { Environment } from './harness/environment.js';
import { History } from './harness/history.js';

let environment: Environment;
beforeAll(async () => {
  environment = await Environment.open();
});
afterAll(() => environment.close());

describe('an API process', () => {
  it('FT-06 that gets SIGTERM under load exits with 0 within 10 s, and no registration is lost', async () => {
    const { fixtures } = environment;
    const [staying, leaving] = (await environment.apis(2)) as [ProductProcess, ProductProcess];
    const history = new History();
    const competitionId = await fixtures.competition({ capacity: 3_000 });
    const load = sendAll(requestsFor(await fixtures.people(3_000), competitionId), [staying, leaving], history, 64);
    await waitFor('the load is high', () => history.accepted.length > 300);
    const signaledAt = performance.now();
    leaving.signal('SIGTERM');
    expect(await leaving.exit()).toBe(0);
    expect(performance.now() - signaledAt).toBeLessThan(10_000);
    await load;
    expect(history.results()).toEqual({ 201: 3_000 });
    expect(await fixtures.countSeated([competitionId])).toBe(3_000);
    expect(await history.violations(fixtures)).toEqual([]);
    await staying.kill();
  });

  it('FT-04 with three connections answers 200 concurrent requests within 3 s', async () => {
    const { fixtures } = environment;
    const api = await environment.api({ env: { DATABASE_POOL_SIZE: '3' } });
    const history = new History();
    const competitionId = await fixtures.competition({ capacity: 1_000 });
    await sendAll(requestsFor(await fixtures.people(200), competitionId), [api], history, 200);
    expect(history.results()).toEqual({ 201: 200 });
    expect(history.slowestMs()).toBeLessThan(3_000);
    const reads = await Promise.all(
      Array.from({ length: 200 }, async () => (await fetch(`${api.url}/api/competitions/${competitionId}`)).status),
    );
    expect(new Set(reads)).toEqual(new Set([200]));
    expect(await history.violations(fixtures)).toEqual([]);
    await api.kill();
  });

  it('FT-11 that starts before PostgreSQL waits for it and becomes ready without a restart', async () => {
    const postgres = await Postgres.create();
    const databaseUrl = postgres.url('late');
    const api = await environment.liveApi(databaseUrl);
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(503);
    const rejected = await fetch(`${api.url}/api/competitions`);
    expect([rejected.status, rejected.headers.has('retry-after')]).toEqual([503, true]);

    await postgres.start();
    await postgres.createDatabase('late');
    await migrate(databaseUrl);
    await api.ready();
    expect((await fetch(`${api.url}/api/competitions`)).status).toBe(200);
    await api.kill();
    await postgres.stop();
  });
});
