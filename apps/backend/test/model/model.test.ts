import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkInvariants } from '../../src/operations/invariants/invariants.js';
import { startApi, type TestApi } from '../app.js';
import { sabotage } from '../sabotage.js';
import { type Plan, plan } from './history.js';
import { play } from './play.js';

/** The same ones each time; others, and more of them, at night: MODEL_SEED=$RANDOM MODEL_HISTORIES=5000. */
const HISTORIES = Number(process.env.MODEL_HISTORIES ?? 150);
const seed = Number(process.env.MODEL_SEED ?? 20_261_121);
/** On a busy machine there are fewer of them, rather than a failure that is none. */
const PLAY_MS = process.env.MODEL_HISTORIES === undefined ? 60_000 : 3_600_000;
const AT_MOST_MS = PLAY_MS + 60_000;

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

const agree = (servers: readonly string[], parameters: fc.Parameters<unknown>) =>
  fc.assert(
    fc.asyncProperty(plan, async (history) => {
      expect(await play(history, servers, first.pool)).toBeNull();
    }),
    { interruptAfterTimeLimit: PLAY_MS, seed, ...parameters } as fc.Parameters<[Plan]>,
  );

it(
  `gives the answers of the rulebook in ${HISTORIES} histories on two servers, and leaves its rows behind`,
  async () => {
    await agree([first.url, second.url], { numRuns: HISTORIES });
    expect(await checkInvariants(first.pool)).toEqual([]);
  },
  AT_MOST_MS,
);

// Each takes one rule out of the database, and the histories have to notice.
it.each([
  ['who is first in line', 'promote_v1', 'ORDER BY admission', 'ORDER BY admission DESC'],
  ['a key that was used for something else', 'register_v1', "THEN 'IDEMPOTENCY_KEY_REUSED'", 'THEN NULL'],
  ['that an expired key is none', 'register_v1', 'WHEN k.expires_at > v_now AND k.fingerprint', 'WHEN k.fingerprint'],
  ['that the deadline has passed', 'register_v1', 'e.came_at_the_earliest >= c.reg_deadline', 'false'],
])(
  'notices when the database forgets %s',
  async (_rule, name, from, to) => {
    const { rows } = await first.pool.query('SELECT pg_get_functiondef($1::regproc) AS sane', [name]);
    await sabotage(name, from, to);
    try {
      const histories = agree([first.url, second.url], { numRuns: 1_000, endOnFailure: true });
      await expect(histories).rejects.toThrow(/Property failed/);
    } finally {
      await first.pool.query(rows[0].sane);
    }
  },
  AT_MOST_MS,
);
