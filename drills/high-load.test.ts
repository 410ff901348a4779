import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProductProcess } from '../tools/src/testing/product-process.js';
import { requestsFor, sendAll } from './harness/client.js';
import { Environment } from './harness/environment.js';
import { History } from './harness/history.js';

let environment: Environment;
let apis: ProductProcess[];
beforeAll(async () => {
  environment = await Environment.open();
  apis = await environment.apis(2);
});
afterAll(() => environment.close());

describe('two API processes', () => {
  it('AD-02 give 100 seats to exactly 100 of 2,000 people, and answer no request with BUSY', async () => {
    const { fixtures } = environment;
    const history = new History();
    const competitionId = await fixtures.competition({ capacity: 100 });
    await sendAll(requestsFor(await fixtures.people(2_000), competitionId), apis, history);
    expect(history.results()).toEqual({ 201: 100, COMPETITION_FULL: 1_900 });
    expect(history.attempts).toHaveLength(2_000);
    expect(await history.violations(fixtures)).toEqual([]);
  });

  it('ID-06 answer a hundred copies of one request with the same bytes, and register once', async () => {
    const { fixtures } = environment;
    const history = new History();
    const competitionId = await fixtures.competition({ capacity: 100 });
    const requests = requestsFor(await fixtures.people(10), competitionId);
    const copies = requests.flatMap((request) => Array.from({ length: 100 }, () => request));
    await sendAll(copies, apis, history, 200);
    expect(history.results()).toEqual({ 201: 10 });
    expect(history.accepted).toHaveLength(1_000);
    expect(await fixtures.countSeated([competitionId])).toBe(10);
    expect(await history.violations(fixtures)).toEqual([]);
  });

  it('AD-21 accept one of two requests with the same key for 200 people, and all requests of other people', async () => {
    const { fixtures } = environment;
    const history = new History();
    const [first, second] = (await fixtures.competitions(2, { capacity: 1_000 })) as [string, string];
    const keyed = requestsFor(await fixtures.people(200), first);
    const others = requestsFor(await fixtures.people(200), first);
    const sameKey = keyed.flatMap((request) => [request, { ...request, competitionId: second }]);
    await sendAll([...sameKey, ...others], apis, history, 256);
    expect(history.results()).toEqual({ 201: 400, IDEMPOTENCY_KEY_REUSED: 200 });
    expect(await fixtures.countSeated([first, second])).toBe(400);
    expect(await history.violations(fixtures)).toEqual([]);
  });
});
