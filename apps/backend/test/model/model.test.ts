import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkInvariants } from '../../src/registrations/invariants.js';
import { startApi, type TestApi } from '../app.js';
import { sabotage } from '../sabotage.js';
import { plan } from './history.js';
import { play } from './play.js';

/** More of them at night: MODEL_HISTORIES=5000. A failure prints its seed and path; MODEL_SEED plays them again. */
const HISTORIES = Number(process.env.MODEL_HISTORIES ?? 150);
const seed = process.env.MODEL_SEED === undefined ? {} : { seed: Number(process.env.MODEL_SEED) };
const AT_MOST_MS = 90_000 + HISTORIES * 1_000;

let first: TestApi;
let second: TestApi;
beforeAll(async () => {
  first = await startApi();
  second = await startApi({ databaseUrl: first.env.databaseUrl });
});
afterAll(async () => {
  await second.close();
  await first.close();
});

const agree = (servers: readonly string[], numRuns: number) =>
  fc.assert(
    fc.asyncProperty(plan, async (history) => {
      expect(await play(history, servers, first.pool)).toBeNull();
    }),
    { numRuns, interruptAfterTimeLimit: AT_MOST_MS - 10_000, ...seed },
  );

it(
  `gives the answers of the rulebook in ${HISTORIES} histories on two servers, and leaves its rows behind`,
  async () => {
    await agree([first.url, second.url], HISTORIES);
    expect(await checkInvariants(first.pool)).toEqual([]);
  },
  AT_MOST_MS,
);

// Last, since they spoil the database: each takes one rule out of it, and the histories have to notice.
it.each([
  ['who waits has the seat before who comes', 'place <= seats_left - waiting', 'place <= seats_left'],
  ['a key that was used for something else', "THEN 'IDEMPOTENCY_KEY_REUSED'", 'THEN NULL'],
  ['an expired key counts as absent', 'WHEN k.expires_at > v_now AND k.fingerprint', 'WHEN k.fingerprint'],
  ['a deadline that has passed', 'e.came_at_the_earliest >= c.reg_deadline', 'false'],
])(
  'notices when the database forgets: %s',
  async (_rule, from, to) => {
    const { rows } = await first.pool.query(`SELECT pg_get_functiondef('register_v1'::regproc) AS sane`);
    await sabotage('register_v1', from, to);
    try {
      await expect(agree([first.url, second.url], 300)).rejects.toThrow(/Property failed/);
    } finally {
      await first.pool.query(rows[0].sane);
    }
  },
  AT_MOST_MS,
);
