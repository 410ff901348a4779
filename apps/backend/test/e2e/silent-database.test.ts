import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FaultProxy } from '../../../../tools/src/testing/fault-proxy.js';
import { CHECK_AFTER_IDLE_MS } from '../../src/platform/database/pool.js';
import { startApi, type TestApi } from '../support/api.js';
import { organizerClient, participantClient } from '../support/competition-clients.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { aCompetition, anOrganizer, type CompetitionRow, type Person, people } from '../support/factories.js';
import { type ApiResponse, get } from '../support/http-client.js';
import { messages } from '../support/queries.js';
import { subscribe } from '../support/seat-subscriber.js';
import { startWorker } from '../support/worker.js';

let database: TestDatabase;
let proxy: FaultProxy;
let api: TestApi;
let worker: Awaited<ReturnType<typeof startWorker>>;
let organizer: Person;
let competition: CompetitionRow;
beforeEach(async () => {
  database = await createTestDatabase();
  proxy = await FaultProxy.open(database.url);
  api = await startApi({ databaseUrl: proxy.url });
  worker = await startWorker({ databaseUrl: proxy.url });
  organizer = await anOrganizer();
  competition = await aCompetition({ organizer, capacity: 1_000 });
});
afterEach(async () => {
  await proxy.close();
  await api.close();
  await worker.close();
  await database.drop();
});

const participant = () => participantClient(api.url);
/** A client that does not wait longer than this retries. */
const signal = () => AbortSignal.timeout(4_000);
const reads = (person: Person): Promise<ApiResponse>[] =>
  [
    '/api/competitions',
    `/api/competitions/${competition.id}`,
    '/api/auth/me',
    '/api/competitions/registrations/my',
  ].map((path) => get(api.url, path, { token: person.token, signal: signal() }));
/** The status of the API's readiness and of the worker's. */
const readiness = async (): Promise<number[]> => {
  const responses = [get(api.url, '/health/ready'), worker.app.inject({ url: '/health/ready' })];
  return (await Promise.all(responses)).map((response) =>
    'status' in response ? response.status : response.statusCode,
  );
};
const within = (timeout: number, assertion: () => Promise<void>) => vi.waitFor(assertion, { timeout, interval: 100 });

/** Opens all connections of the pools, so that they are idle when the database goes silent. */
async function warmUp(): Promise<void> {
  const persons = await people(20);
  await Promise.all(persons.map((person) => participant().register(person, competition)));
  await Promise.all(persons.flatMap(reads));
}

/** For a busy machine. On a quiet one it takes at most 15 s, which the drill `silence` proves. */
const EVERYTHING_WITHIN_MS = 30_000;

/** After the database has a new host. */
async function expectRecovery(): Promise<void> {
  const [person] = (await people(1)) as [Person];
  const subscriber = await subscribe(api.url, competition);
  const start = performance.now();
  const remaining = (limit: number) => Math.max(1, limit - (performance.now() - start));
  const key = randomUUID();
  await within(10_000, async () => {
    const { status } = await participant().register(person, competition, { key, signal: signal() });
    expect(status).toBe(201);
  });
  await within(remaining(EVERYTHING_WITHIN_MS), async () => {
    for (const { status } of await Promise.all(reads(person))) expect(status).toBe(200);
  });
  await within(remaining(EVERYTHING_WITHIN_MS), async () => expect(await readiness()).toEqual([200, 200]));
  await within(remaining(EVERYTHING_WITHIN_MS), async () => {
    const { status } = await organizerClient(api.url).edit(organizer, competition, { capacity: 2_000 });
    expect(status).toBe(200);
  });
  await within(remaining(EVERYTHING_WITHIN_MS), async () =>
    expect(subscriber.events.at(-1)?.seatsLeft).toBeGreaterThan(1_000),
  );
  await within(remaining(EVERYTHING_WITHIN_MS), async () =>
    expect(await messages(`user_id = '${person.id}'`)).toHaveLength(1),
  );
  subscriber.close();

  // No connection to the old host is left that would make a request wait.
  const persons = await people(30);
  const next = performance.now();
  const responses = await Promise.all([
    ...persons.map((each) => participant().register(each, competition)),
    ...persons.flatMap(reads),
  ]);
  expect(responses.filter(({ status }) => status >= 300)).toEqual([]);
  expect(performance.now() - next).toBeLessThan(3_000);
}

describe('a database host that loses power and closes no connection', () => {
  it('R3: under load, requests get 503, API and worker are not ready, and both recover when a new host has the address', async () => {
    await warmUp();
    proxy.silence();
    const statuses: number[] = [];
    const sent: Promise<unknown>[] = [];
    const record = (response: Promise<ApiResponse>) =>
      sent.push(response.then(({ status }) => statuses.push(status)).catch(() => {})); // the client gave up
    const persons = await people(30);
    const traffic = setInterval(() => {
      const person = persons.pop();
      if (person === undefined) return;
      record(participant().register(person, competition));
      record(organizerClient(api.url).edit(organizer, competition, { capacity: 1_001 }));
      for (const response of reads(person)) record(response);
    }, 200);
    const start = performance.now();
    expect(await readiness()).toEqual([503, 503]);
    expect(performance.now() - start).toBeLessThan(2_000);
    await vi.waitFor(() => expect(persons).toEqual([]), 15_000);
    clearInterval(traffic);
    const again = performance.now();
    expect(await readiness()).toEqual([503, 503]);
    expect(performance.now() - again).toBeLessThan(2_000);
    // Before there is a database again, which may still answer a request that is waiting.
    await Promise.all(sent);
    expect(new Set(statuses)).toEqual(new Set([503]));
    proxy.forward();
    await expectRecovery();
  });

  it('R3: readers of one list get 503 with Retry-After in time while its read hangs, and the next one reads again', async () => {
    await warmUp();
    proxy.silence();
    const list = () => get(api.url, '/api/competitions', { signal: AbortSignal.timeout(10_000) });
    const start = performance.now();
    // The later ones wait for the read that follows.
    for (const response of await Promise.all([list(), list(), list()])) {
      expect(response).toMatchObject({ status: 503, body: { code: 'BUSY' } });
      expect(response.headers.get('retry-after')).toBe('1');
    }
    expect(performance.now() - start).toBeLessThan(6_000);
    proxy.forward();
    await within(10_000, async () => expect((await list()).status).toBe(200));
  });

  it('R3: without requests meanwhile, the first ones afterwards do not wait for the old connections', async () => {
    await warmUp();
    // Idle for so long that they are checked; no event tells of that.
    await pause(CHECK_AFTER_IDLE_MS + 500);
    proxy.silence();
    proxy.forward();
    await expectRecovery();
  });
});
