import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../bench/src/house/places.js';
import { Postgres } from '../bench/src/house/postgres.js';
import { launch, migrate, type Program } from '../bench/src/house/process.js';
import { until } from '../bench/src/house/until.js';
import { everybody, rush } from './harness/client.js';
import { History } from './harness/history.js';
import { House } from './harness/house.js';

let house: House;
beforeAll(async () => {
  house = await House.open();
});
afterAll(() => house.close());

describe('an API process', () => {
  it('FT-06 that is told to end under load ends with 0 within 10 s, and nothing is lost', async () => {
    const [staying, leaving] = (await house.apis(2)) as [Program, Program];
    const history = new History();
    const competitionId = await house.world.competition({ capacity: 3_000 });
    const rushing = rush(everybody(await house.world.people(3_000), competitionId), [staying, leaving], history, 64);
    await until('the rush is on', () => history.accepted.length > 300);
    const asked = performance.now();
    leaving.signal('SIGTERM');
    expect(await leaving.end()).toBe(0);
    expect(performance.now() - asked).toBeLessThan(10_000);
    await rushing;
    expect(history.outcomes()).toEqual({ 201: 3_000 });
    expect(await house.world.seated([competitionId])).toBe(3_000);
    expect(await history.violations(house.world)).toEqual([]);
    await staying.kill();
  });

  it('FT-04 with three connections answers 200 who ask at once within 3 s', async () => {
    const api = await house.api({ env: { DATABASE_POOL_SIZE: '3' } });
    const history = new History();
    const competitionId = await house.world.competition({ capacity: 1_000 });
    await rush(everybody(await house.world.people(200), competitionId), [api], history, 200);
    expect(history.outcomes()).toEqual({ 201: 200 });
    expect(Math.max(...history.heard.map(({ sentAt, heardAt }) => heardAt - sentAt))).toBeLessThan(3_000);
    const reads = await Promise.all(
      Array.from({ length: 200 }, async () => (await fetch(`${api.url}/api/competitions/${competitionId}`)).status),
    );
    expect(new Set(reads)).toEqual(new Set([200]));
    expect(await history.violations(house.world)).toEqual([]);
    await api.kill();
  });

  it('FT-11 that starts before PostgreSQL waits for it and becomes ready by itself', async () => {
    const postgres = await Postgres.create();
    const databaseUrl = postgres.url('late');
    const api = await launch('api', 'BACKEND_PORT', { databaseUrl, port: await freePort() });
    await until(
      'it answers',
      async () => (await fetch(`${api.url}/health/live`).catch(() => undefined))?.status === 200,
    );
    expect((await fetch(`${api.url}/health/ready`)).status).toBe(503);
    const refused = await fetch(`${api.url}/api/competitions`);
    expect([refused.status, refused.headers.has('retry-after')]).toEqual([503, true]);

    await postgres.start();
    await postgres.createDatabase('late');
    await migrate(databaseUrl);
    await api.ready();
    expect((await fetch(`${api.url}/api/competitions`)).status).toBe(200);
    await api.kill();
    await postgres.stop();
  });
});
