import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { checkInvariants } from '../../src/operations/invariants/invariants.js';
import { startApi, type TestApi } from '../support/api.js';
import { rewriteStatements, sabotage } from '../support/sabotage.js';
import type { Change } from './actions.js';
import { runScenario } from './runner.js';
import { type Scenario, scenarioOf } from './scenario.js';

/** The same ones in each run. For others, and more of them: MODEL_SEED=$RANDOM MODEL_HISTORIES=5000. */
const SCENARIOS = Number(process.env.MODEL_HISTORIES ?? 150);
const seed = Number(process.env.MODEL_SEED ?? 20_261_121);
/** A busy machine runs fewer scenarios within this time instead of failing. */
const TIME_LIMIT_MS = process.env.MODEL_HISTORIES === undefined ? 60_000 : 3_600_000;
const TEST_TIMEOUT_MS = TIME_LIMIT_MS + 60_000;
/** What is broken has to be found, also on a busy machine: usually in a few seconds. */
const UNTIL_FOUND = { numRuns: 10_000, endOnFailure: true, interruptAfterTimeLimit: 300_000 };
const FINDING_TIMEOUT_MS = 360_000;

/** Requests come while people are being promoted. */
const IN_STEPS = { promotesInSteps: true };

let first: TestApi;
let second: TestApi;
beforeAll(async () => {
  first = await startApi();
  second = await startApi({ databaseUrl: first.env.databaseUrl });
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await second.close();
  await first.close();
});

interface Options {
  readonly promotesInSteps?: boolean;
  readonly types?: readonly Change['type'][];
  readonly isCrowded?: boolean;
}

const runScenarios = (parameters: fc.Parameters<unknown>, { types, isCrowded, ...options }: Options = {}) =>
  fc.assert(
    fc.asyncProperty(scenarioOf({ types, isCrowded }), async (generated) => {
      const difference = await runScenario(generated, [first, second], options);
      // Vitest shortens what it compares.
      if (difference !== null) expect.fail(difference);
    }),
    { interruptAfterTimeLimit: TIME_LIMIT_MS, seed, ...parameters } as fc.Parameters<[Scenario]>,
  );

async function withSabotage(name: string, from: string | RegExp, to: string, run: () => Promise<void>): Promise<void> {
  const { rows } = await first.pool.query('SELECT pg_get_functiondef($1::regproc) AS original', [name]);
  await sabotage(name, from, to);
  try {
    await run();
  } finally {
    await first.pool.query(rows[0].original);
  }
}

it(
  `gives the responses of the model in ${SCENARIOS} scenarios on two servers, and leaves consistent rows`,
  async () => {
    await runScenarios({ numRuns: SCENARIOS });
    expect(await checkInvariants(first.pool)).toEqual([]);
  },
  TEST_TIMEOUT_MS,
);

it(
  'R7 gives the same responses while people are promoted one at a time',
  async () => {
    await withSabotage('promote_v1', 'integer := 500', 'integer := 1', async () => {
      await runScenarios({ numRuns: SCENARIOS / 3 }, IN_STEPS);
      expect(await checkInvariants(first.pool)).toEqual([]);
    });
  },
  TEST_TIMEOUT_MS,
);

it(
  'finds a difference when newcomers get the seats of those who are still to be promoted',
  async () => {
    await withSabotage('promote_v1', 'integer := 500', 'integer := 1', () =>
      withSabotage('register_v2', 'place <= free', 'place <= seats_left', async () => {
        const scenarios = runScenarios(UNTIL_FOUND, { ...IN_STEPS, types: ['capacity'], isCrowded: true });
        await expect(scenarios).rejects.toThrow(/Property failed/);
      }),
    );
  },
  FINDING_TIMEOUT_MS,
);

it.each([
  ['the order of the waitlist', ['capacity'], 'promote_v1', 'ORDER BY admission', 'ORDER BY admission DESC'],
  [
    'the check for a key that was used for another request',
    ['capacity'],
    'register_v2',
    "THEN 'IDEMPOTENCY_KEY_REUSED'",
    'THEN NULL',
  ],
  [
    'the expiry of keys',
    ['capacity'],
    'register_v2',
    'WHEN k.expires_at > v_now AND k.fingerprint',
    'WHEN k.fingerprint',
  ],
  [
    'the cancellation when a person is reinstated',
    ['cancel', 'reinstate'],
    'reinstate_v1',
    'v_competition.cancelled_at IS NOT NULL',
    'false',
  ],
  [
    'the waitlist when a person is reinstated before the deadline',
    ['reinstate'],
    'reinstate_v1',
    'promotes_until(v_competition) <= v_now',
    'true',
  ],
  ['the deadline', ['extend'], 'register_v2', 'e.came_at_the_earliest >= c.reg_deadline', 'false'],
  [
    'the seats that invitations reserve',
    ['invite', 'redeem'],
    'invite_v1',
    /(seats_left = seats_left|reserved = reserved) [-+] v_count/g,
    '$1',
  ],
  [
    'the version of the questions that were answered',
    ['questions'],
    'register_v2',
    '<> c.questions_version',
    '<> c.questions_version AND e.questions_version IS NULL',
  ],
  [
    'that servers of the previous version ask nothing',
    ['questions'],
    'register_v2',
    'CASE WHEN c.requires_answers THEN -1 ELSE c.questions_version END',
    'c.questions_version',
  ],
  [
    'the error codes that servers of the previous version know',
    ['employ'],
    'register_v1',
    "CASE r.verdict WHEN 'STAFF_CANNOT_REGISTER' THEN 'FORBIDDEN' ELSE r.verdict END",
    'r.verdict',
  ],
  [
    'that staff cannot register',
    ['employ', 'dismiss'],
    'register_v2',
    "WHEN staff.id IS NOT NULL THEN 'STAFF_CANNOT_REGISTER'",
    '',
  ],
  ['earlier decisions', ['decide'], 'decide_v1', "r.status <> 'CANCELLED' AND r.status <> 'APPLIED' OR", ''],
  ['that only a hold can be confirmed', ['confirm'], 'confirm_v1', "v_latest.status <> 'HELD'", 'false'],
  [
    'that an invitation was redeemed before',
    ['invite', 'redeem'],
    'redeem_v2',
    "WHEN i.outcome = 'REDEEMED' THEN 'INVITATION_USED'",
    '',
  ],
  [
    'that people who are imported answer no questions',
    ['questions', 'import', 'run-imports'],
    'redeem_v2',
    'WHEN p_questions_versions IS NULL THEN NULL',
    '',
  ],
] as const)(
  'finds a difference when the database function ignores %s',
  async (_rule, types, name, from, to) => {
    await withSabotage(name, from, to, async () => {
      const scenarios = runScenarios(UNTIL_FOUND, { types });
      await expect(scenarios).rejects.toThrow(/Property failed/);
    });
  },
  FINDING_TIMEOUT_MS,
);

it(
  'finds a difference when the staff does not wait for the lock of the competition',
  async () => {
    rewriteStatements((text) => text.replace(/(FROM competitions WHERE id = \S+) FOR NO KEY UPDATE/, '$1'));
    const scenarios = runScenarios(UNTIL_FOUND, { types: ['invite'] });
    await expect(scenarios).rejects.toThrow(/Property failed/);
  },
  FINDING_TIMEOUT_MS,
);
