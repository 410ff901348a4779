import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkInvariants } from '../../../src/operations/invariants/invariants.js';
import { startApi, type TestApi } from '../../support/api.js';
import { organizerClient, participantClient } from '../../support/competition-clients.js';
import { anOrganizer, inHours, type Person, people } from '../../support/factories.js';
import type { ApiResponse } from '../../support/http-client.js';
import { rows } from '../../support/queries.js';
import { sabotage } from '../../support/sabotage.js';
import { aTeamCompetition, teamClient } from '../../support/teams.js';
import {
  forget,
  initialState,
  type Operation,
  perform,
  type Settings,
  type State,
  seatsLeft,
  seatsOf,
  waitlist,
} from './rules.js';

/** The same ones in each run. For others, and more of them: MODEL_SEED=$RANDOM MODEL_HISTORIES=5000. */
const SCENARIOS = Number(process.env.MODEL_HISTORIES ?? 60);
const seed = Number(process.env.MODEL_SEED ?? 20_261_127);
const TIME_LIMIT_MS = process.env.MODEL_HISTORIES === undefined ? 60_000 : 3_600_000;
/** What is broken has to be found, also on a busy machine: usually in a few seconds. */
const UNTIL_FOUND = { numRuns: 10_000, endOnFailure: true, interruptAfterTimeLimit: 300_000 };
const PEOPLE = 9;
const TEAMS = 4;
const NO_ID = '01890000-0000-7000-8000-000000000000';

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

const person = fc.nat({ max: PEOPLE - 1 });
const team = fc.nat({ max: TEAMS - 1 });
const operation = <Type extends Operation['type']>(type: Type, fields: object = {}) =>
  fc.record({ type: fc.constant(type), ...fields }) as unknown as fc.Arbitrary<Operation>;

const operations: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: operation('create', { person }) },
  { weight: 12, arbitrary: operation('join', { person, team }) },
  { weight: 3, arbitrary: operation('end', { person, team, whose: person }) },
  { weight: 2, arbitrary: operation('make-captain', { person, team, to: person }) },
  { weight: 12, arbitrary: operation('register', { person, team, joinWaitlist: fc.constantFrom(true, true, false) }) },
  { weight: 4, arbitrary: operation('leave', { person }) },
  { weight: 2, arbitrary: operation('withdraw', { person, team }) },
  { weight: 3, arbitrary: operation('reinstate', { team }) },
  { weight: 4, arbitrary: operation('confirm', { person }) },
  { weight: 1, arbitrary: operation('holds-expire') },
  { weight: 3, arbitrary: operation('capacity', { capacity: fc.integer({ min: 3, max: 8 }) }) },
  { weight: 1, arbitrary: operation('next-phase') },
);

const settings: fc.Arbitrary<Settings> = fc.record({
  teamMin: fc.constantFrom(1, 2),
  teamMax: fc.constantFrom(2, 3),
  seatUnit: fc.constantFrom('PERSON', 'PERSON', 'TEAM'),
  confirms: fc.boolean(),
});

/** Three teams of two, all of them registered: of the smaller capacities, some wait. */
const THREE_TEAMS: readonly Operation[] = [0, 1, 2].flatMap((team): Operation[] => [
  { type: 'create', person: 2 * team },
  { type: 'join', person: 2 * team + 1, team },
  { type: 'register', person: 2 * team, team, joinWaitlist: true },
]);

const runScenarios = (parameters: fc.Parameters<unknown>, opening: readonly Operation[] = []) =>
  fc.assert(
    fc.asyncProperty(
      settings,
      fc.integer({ min: 3, max: 6 }),
      fc.array(operations, { minLength: 5, maxLength: 40, size: 'max' }),
      async (chosen, capacity, steps) => {
        expect(await runScenario(chosen, capacity, [...opening, ...steps])).toBeNull();
      },
    ),
    { interruptAfterTimeLimit: TIME_LIMIT_MS, seed, ...parameters } as fc.Parameters<[Settings, number, Operation[]]>,
  );

/** The first difference, or null. */
async function runScenario(chosen: Settings, capacity: number, steps: readonly Operation[]): Promise<string | null> {
  forget();
  const state = initialState(chosen, capacity);
  const system = await TeamSystem.create(chosen, capacity);
  for (const [n, step] of steps.entries()) {
    // Persons create teams in any order; a number beyond those that exist names none.
    const [actual, expected] = [await system.perform(step, n), perform(state, step)];
    if (actual !== expected) return `step ${n + 1}, ${JSON.stringify(step)}: ${actual} instead of ${expected}`;
    const [found, modeled] = [await system.state(), textOf(state)];
    if (found !== modeled) return `after step ${n + 1}, ${JSON.stringify(step)}:\n${found}\ninstead of\n${modeled}`;
  }
  return null;
}

function textOf(state: State): string {
  const waiting = waitlist(state);
  const extra = waiting.reduce((sum, one) => sum + seatsOf(state, one) - 1, 0);
  const teams = state.teams.map((one) => {
    const { members, captain, registration } = one;
    if (members.length === 0) return 'ended';
    const seats = registration ? ` ${registration.state} ${seatsOf(state, one)}` : '';
    return `${members} led by ${captain}${seats}`;
  });
  return [`${seatsLeft(state)} left, ${waiting.length} waiting, ${extra} extra`, ...teams].join('\n');
}

class TeamSystem {
  private readonly teamIds: string[] = [];

  private constructor(
    private readonly organizer: Person,
    private readonly persons: readonly Person[],
    private readonly competition: { readonly id: string },
  ) {}

  static async create({ confirms, ...chosen }: Settings, capacity: number): Promise<TeamSystem> {
    const organizer = await anOrganizer();
    const times = { startDate: inHours(48), confirmWithinSeconds: confirms ? 3_600 : null };
    const competition = await aTeamCompetition({ ...chosen, ...times, organizer, capacity });
    return new TeamSystem(organizer, await people(PEOPLE), competition);
  }

  async perform(step: Operation, n: number): Promise<string> {
    const { url } = n % 2 === 0 ? first : second;
    const [client, own] = [teamClient(url), this.competition];
    const at = (index: number) => this.persons[index] as Person;
    const idOf = (index: number) => ({ id: this.teamIds[index] ?? NO_ID });
    switch (step.type) {
      case 'create': {
        const response = await client.create(at(step.person), own, `Team ${this.teamIds.length}`);
        if (response.status === 201) this.teamIds.push(response.body.id);
        return codeOf(response);
      }
      case 'join':
        return codeOf(await client.join(at(step.person), { code: await this.joinCode(step.team) }));
      case 'end':
        return codeOf(await client.end(at(step.person), idOf(step.team), at(step.whose)));
      case 'make-captain':
        return codeOf(await client.makeCaptain(at(step.person), idOf(step.team), at(step.to)));
      case 'register': {
        const { joinWaitlist } = step;
        const body = { teamId: idOf(step.team).id, joinWaitlist };
        const response = await participantClient(url).register(at(step.person), own, { body });
        return response.body.code ?? response.body.status;
      }
      case 'leave':
        return codeOf(await participantClient(url).leave(at(step.person), own));
      case 'withdraw':
        return codeOf(await client.withdraw(at(step.person), idOf(step.team)));
      case 'reinstate': {
        const id = await this.lastRegistration(step.team);
        return codeOf(await organizerClient(url).reinstate(this.organizer, own, id));
      }
      case 'confirm':
        return codeOf(await participantClient(url).confirm(at(step.person), own));
      case 'holds-expire':
        await this.expireHolds();
        return 'done';
      case 'capacity':
        return codeOf(await organizerClient(url).edit(this.organizer, own, { capacity: step.capacity }));
      case 'next-phase':
        await this.nextPhase();
        return 'done';
    }
  }

  /** The teams are fixed, and the next time promotion ends. */
  private async nextPhase(): Promise<void> {
    const { id } = this.competition;
    const [locked] = await rows('SELECT FROM competitions WHERE id = $1 AND teams_locked_at IS NULL', [id]);
    await rows(
      locked
        ? `UPDATE competitions SET teams_lock_at = now() - interval '4 seconds', reg_deadline = now() - interval '1 second' WHERE id = $1`
        : `UPDATE competitions SET start_date = reg_deadline WHERE id = $1`,
      [id],
    );
    await this.settle();
  }

  private async expireHolds(): Promise<void> {
    await rows(
      `UPDATE registrations SET held_until = date_trunc('milliseconds', now() - interval '4 seconds')
       WHERE status = 'HELD' AND competition_id IN (SELECT id FROM competitions c WHERE id = $1 AND promotes_until(c) > now())`,
      [this.competition.id],
    );
    await this.settle();
  }

  private async settle(): Promise<void> {
    const { id } = this.competition;
    await rows('SELECT set_next_expiry_v1($1)', [id]);
    await rows('SELECT settle_all_v1(id) FROM (SELECT id FROM competitions WHERE id = $1 FOR NO KEY UPDATE) locked', [
      id,
    ]);
  }

  async state(): Promise<string> {
    const [seats] = await rows<{ text: string }>(
      `SELECT seats_left || ' left, ' || waiting || ' waiting, ' || waiting_extra_seats || ' extra' AS text
       FROM competitions WHERE id = $1`,
      [this.competition.id],
    );
    const teams = await rows<{ members: string[] | null; captain: string; registration: string | null }>(
      `SELECT (SELECT array_agg(user_id::text ORDER BY joined_at, id) FROM team_members
               WHERE team_id = t.id AND left_at IS NULL) AS members, captain_id AS captain,
              (SELECT CASE WHEN status IN ('WAITLISTED', 'HELD') THEN lower(status::text) ELSE 'seated' END || ' ' || seats
               FROM registrations
               WHERE team_id = t.id AND status <> 'CANCELLED') AS registration
       FROM unnest($1::uuid[]) WITH ORDINALITY AS o (id, n) JOIN teams t USING (id) ORDER BY n`,
      [this.teamIds],
    );
    const numberOf = (id: string) => this.persons.findIndex((one) => one.id === id);
    const texts = teams.map(({ members, captain, registration }) =>
      members === null
        ? 'ended'
        : `${members.map(numberOf)} led by ${numberOf(captain)}${registration === null ? '' : ` ${registration}`}`,
    );
    return [seats?.text, ...texts].join('\n');
  }

  private async lastRegistration(index: number): Promise<string> {
    const [row] = await rows<{ id: string }>(
      'SELECT id FROM registrations WHERE team_id = $1 ORDER BY admission DESC LIMIT 1',
      [this.teamIds[index] ?? null],
    );
    return row?.id ?? NO_ID;
  }

  private async joinCode(index: number): Promise<string> {
    const [row] = await rows<{ code: string }>('SELECT code FROM teams WHERE id = $1', [this.teamIds[index] ?? null]);
    return row?.code ?? 'AAAAAAAAAA';
  }
}

const codeOf = ({ status, body }: ApiResponse): string => (status < 300 ? 'done' : body.code);

it(
  `teams follow the model in ${SCENARIOS} scenarios on two servers, and leave consistent rows`,
  async () => {
    await runScenarios({ numRuns: SCENARIOS });
    expect(await checkInvariants(first.pool)).toEqual([]);
  },
  TIME_LIMIT_MS + 60_000,
);

it.each([
  [
    'the order of the waitlist',
    'promote_v1',
    'seats_up_to <= v_competition.seats_left',
    'seats <= v_competition.seats_left',
  ],
  ['the waitlist when a team grows', 'join_team_v2', 'OR v_competition.waiting > 0', ''],
  [
    'whom a reinstated team would pass',
    'reinstate_v1',
    "status = 'WAITLISTED' AND admission < v_ended.admission",
    "status = 'WAITLISTED' AND admission < 0",
  ],
  [
    'who confirms a hold',
    'confirm_v1',
    'p_user_id <> (SELECT captain_id FROM teams WHERE id = v_latest.team_id)',
    'false',
  ],
  ['the longest-serving member', 'leave_team_v1', 'ORDER BY joined_at, id', 'ORDER BY joined_at DESC, id DESC'],
])(
  'finds a difference when the database function ignores %s',
  async (_rule, name, from, to) => {
    const [original] = await rows<{ source: string }>('SELECT pg_get_functiondef($1::regproc) AS source', [name]);
    await sabotage(name, from, to);
    const scenarios = runScenarios(UNTIL_FOUND, THREE_TEAMS);
    await expect(scenarios).rejects.toThrow(/Property failed/);
    await rows((original as { source: string }).source);
  },
  360_000,
);
