import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { checkInvariants } from '../../../src/operations/invariants/invariants.js';
import { startApi, type TestApi } from '../../support/api.js';
import { rows } from '../../support/queries.js';
import { rewriteStatements, sabotage } from '../../support/sabotage.js';
import { runScenario } from './runner.js';
import { type Choice, type Scenario, scenarioOf } from './scenario.js';

/** The same ones in each run. For others, and more of them: MODEL_SEED=$RANDOM MODEL_HISTORIES=5000. */
const SCENARIOS = Number(process.env.MODEL_HISTORIES ?? 60);
const seed = Number(process.env.MODEL_SEED ?? 20_261_127);
const TIME_LIMIT_MS = process.env.MODEL_HISTORIES === undefined ? 60_000 : 3_600_000;
/** What is broken has to be found, also on a busy machine: usually in a few seconds. */
const UNTIL_FOUND = { numRuns: 10_000, endOnFailure: true, interruptAfterTimeLimit: 300_000 };

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

const runScenarios = (parameters: fc.Parameters<unknown>, choice?: Choice) =>
  fc.assert(
    fc.asyncProperty(scenarioOf(choice), async (scenario) => {
      const difference = await runScenario(scenario, [first, second]);
      // Vitest shortens what it compares.
      if (difference !== null) expect.fail(difference);
    }),
    { interruptAfterTimeLimit: TIME_LIMIT_MS, seed, ...parameters } as fc.Parameters<[Scenario]>,
  );

it(
  `teams follow the model in ${SCENARIOS} scenarios on two servers, and leave consistent rows`,
  async () => {
    await runScenarios({ numRuns: SCENARIOS }, { mayBeEmpty: true });
    expect(await checkInvariants(first.pool)).toEqual([]);
  },
  TIME_LIMIT_MS + 60_000,
);

it.each<[string, Choice, string, string | RegExp, string]>([
  [
    'the order of the waitlist',
    { types: ['leave'], settings: { seatUnit: 'PERSON', isByApproval: false }, capacity: 3 },
    'promote_v1',
    'seats_up_to <= v_competition.seats_left',
    'seats <= v_competition.seats_left',
  ],
  [
    'the seat of a member who leaves',
    { types: ['leave', 'end'], settings: { seatUnit: 'PERSON' } },
    'leave_team_v1',
    /seats(_left)? = seats(_left)? [-+] (1|CASE.*END)/,
    'seats$1 = seats$1',
  ],
  [
    'who confirms a hold',
    { types: ['capacity', 'confirm'], settings: { confirms: true, isByApproval: false }, capacity: 3 },
    'confirm_v1',
    'p_user_id <> (SELECT captain_id FROM teams WHERE id = v_latest.team_id)',
    'false',
  ],
  [
    'that nobody has to confirm after the start',
    { types: ['remove', 'reinstate', 'next-phase'], settings: { confirms: true, isByApproval: false } },
    'hold_until',
    /\(\(?c\)?\.start_date > at\) IS NOT FALSE/,
    'true',
  ],
  [
    'the longest-serving member',
    { types: ['leave', 'join'], settings: { teamMax: 3, seatUnit: 'TEAM' } },
    'leave_team_v1',
    'ORDER BY joined_at, id',
    'ORDER BY joined_at DESC, id DESC',
  ],
  [
    'teams that are too small when they are fixed',
    { types: ['leave', 'next-phase'], settings: { teamMin: 2 } },
    'settle_teams_v1',
    '< v_competition.team_min',
    '< 0',
  ],
  [
    'the absent members of a team that has come',
    { types: ['check-in', 'next-phase', 'release-no-shows', 'capacity'], settings: { isByApproval: false } },
    'release_no_shows_v1',
    'r.has_come AND NOT p.is_in',
    'false',
  ],
  [
    'the answers of members',
    { types: ['ask', 'ask', 'ask', 'remove', 'register'], settings: { isByApproval: false } },
    'register_v2',
    'team.ineligible IS NOT NULL',
    'false',
  ],
])(
  'finds a difference when the database function ignores %s',
  async (_rule, choice, name, from, to) => {
    const [original] = await rows<{ source: string }>('SELECT pg_get_functiondef($1::regproc) AS source', [name]);
    await sabotage(name, from, to);
    try {
      await expect(runScenarios(UNTIL_FOUND, choice)).rejects.toThrow(/Property failed/);
    } finally {
      await rows((original as { source: string }).source);
    }
  },
  360_000,
);

it('finds a difference when the acts of a team do not wait for the lock of the competition', async () => {
  rewriteStatements((text) => text.replace(/(FROM competitions WHERE id = \S+) FOR NO KEY UPDATE/, '$1'));
  const settings = { seatUnit: 'PERSON', isByApproval: false, teamMax: 3 } as const;
  const scenarios = runScenarios(UNTIL_FOUND, { types: ['join', 'end', 'leave', 'capacity'], settings });
  await expect(scenarios).rejects.toThrow(/Property failed/);
}, 360_000);
