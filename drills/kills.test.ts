import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FaultProxy } from '../tools/src/testing/fault-proxy.js';
import type { ProductProcess } from '../tools/src/testing/product-process.js';
import { waitFor } from '../tools/src/testing/wait-for.js';
import { Client, type RegistrationRequest, requestsFor, sendAll } from './harness/client.js';
import { Environment } from './harness/environment.js';
import { History } from './harness/history.js';

const POSTGRES_KILLS = 20;
const API_KILLS = 10;
const TIMEOUT_MS = 300_000;
const SEATS = 600;
const PEOPLE = 800;
const ALL_RESULTS_KNOWN = { 201: SEATS, COMPETITION_FULL: PEOPLE - SEATS };

let environment: Environment;
beforeAll(async () => {
  environment = await Environment.open();
});
afterAll(() => environment.close());

/** High load on one competition, with a fault after a random number of accepted registrations. */
async function loadWithFault(apis: readonly ProductProcess[], fault: () => Promise<unknown>): Promise<History> {
  const { fixtures } = environment;
  const history = new History();
  const competitionId = await fixtures.competition({ capacity: SEATS });
  const load = sendAll(requestsFor(await fixtures.people(PEOPLE), competitionId), apis, history, 64);
  const acceptedBefore = Math.floor(Math.random() * SEATS * 0.8);
  await waitFor('enough are accepted', () => history.accepted.length >= acceptedBefore);
  await fault();
  await load;
  return history;
}

describe('kill -9', () => {
  it(
    `FT-01 of PostgreSQL, ${POSTGRES_KILLS} times under high load, loses no acknowledged registration`,
    async () => {
      const apis = await environment.apis(2);
      for (let kill = 0; kill < POSTGRES_KILLS; kill++) {
        const history = await loadWithFault(apis, async () => {
          environment.postgres.kill();
          await environment.postgres.start();
        });
        expect(history.results()).toEqual(ALL_RESULTS_KNOWN);
        expect(await history.violations(environment.fixtures)).toEqual([]);
      }
    },
    TIMEOUT_MS,
  );

  it(
    `FT-02 of an API process, ${API_KILLS} times under high load, loses no acknowledged registration`,
    async () => {
      const [first, second] = (await environment.apis(2)) as [ProductProcess, ProductProcess];
      let victim = second;
      for (let kill = 0; kill < API_KILLS; kill++) {
        const port = Number(new URL(victim.url).port);
        const history = await loadWithFault([first, victim], async () => {
          await victim.kill();
          victim = await environment.api({ port });
        });
        expect(history.results()).toEqual(ALL_RESULTS_KNOWN);
        expect(await history.violations(environment.fixtures)).toEqual([]);
      }
    },
    TIMEOUT_MS,
  );

  it('ID-18 of the API between commit and response: a retry gets the stored response', async () => {
    const { fixtures, databaseUrl } = environment;
    const proxy = await FaultProxy.open(databaseUrl);
    const api = await environment.api({ databaseUrl: proxy.url });
    const history = new History();
    const competitionId = await fixtures.competition({ capacity: 10 });
    const requests = requestsFor(await fixtures.people(2), competitionId);
    const [earlier, request] = requests as [RegistrationRequest, RegistrationRequest];
    await new Client([api], history).send(earlier); // opens the connection to the database

    proxy.withholdResponses();
    const lost = new Client([api], history).send(request);
    await waitFor('it is committed', async () => (await fixtures.countSeated([competitionId])) === 2);
    await api.kill();
    expect((await lost).status).toBe('unknown');
    await proxy.close();

    const retry = await new Client([await environment.api()], history).send(request);
    expect(retry.status).toBe(201);
    expect(retry.head).toMatch(/idempotent-replayed: true/i);
    expect(await fixtures.countSeated([competitionId])).toBe(2);
    expect(await history.violations(fixtures)).toEqual([]);
  });
});
