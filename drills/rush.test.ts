import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '../bench/src/house/process.js';
import { everybody, rush } from './harness/client.js';
import { History } from './harness/history.js';
import { House } from './harness/house.js';

let house: House;
let apis: Program[];
beforeAll(async () => {
  house = await House.open();
  apis = await house.apis(2);
});
afterAll(() => house.close());

describe('two API processes', () => {
  it('AD-02 give 100 seats to exactly 100 of 2,000 people, and tell nobody "busy"', async () => {
    const history = new History();
    const competitionId = await house.world.competition({ capacity: 100 });
    await rush(everybody(await house.world.people(2_000), competitionId), apis, history);
    expect(history.outcomes()).toEqual({ 201: 100, COMPETITION_FULL: 1_900 });
    expect(history.heard).toHaveLength(2_000);
    expect(await history.violations(house.world)).toEqual([]);
  });

  it('ID-06 answer a hundred copies of one request with the same bytes, and register once', async () => {
    const history = new History();
    const competitionId = await house.world.competition({ capacity: 100 });
    const people = await house.world.people(10);
    const copies = everybody(people, competitionId).flatMap((asked) => Array.from({ length: 100 }, () => asked));
    await rush(copies, apis, history, 200);
    expect(history.outcomes()).toEqual({ 201: 10 });
    expect(history.accepted).toHaveLength(1_000);
    expect(await house.world.seated([competitionId])).toBe(10);
    expect(await history.violations(house.world)).toEqual([]);
  });

  it('AD-21 let each of 200 people into one of two competitions under one key, and leave everybody else alone', async () => {
    const history = new History();
    const [first, second] = await house.world.competitions(2, { capacity: 1_000 });
    const keyed = everybody(await house.world.people(200), first as string);
    const others = everybody(await house.world.people(200), first as string);
    const twice = keyed.flatMap((asked) => [asked, { ...asked, competitionId: second as string }]);
    await rush([...twice, ...others], apis, history, 256);
    expect(history.outcomes()).toEqual({ 201: 400, IDEMPOTENCY_KEY_REUSED: 200 });
    expect(await house.world.seated([first as string, second as string])).toBe(400);
    expect(await history.violations(house.world)).toEqual([]);
  });
});
