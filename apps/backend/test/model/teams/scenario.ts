import fc from 'fast-check';
import type { Operation } from './operations.js';
import type { Settings } from './state.js';

export const PEOPLE = 9;
const TEAMS = 4;

/** Several operations are sent at the same time. */
export type Step = readonly Operation[];

export interface Scenario {
  readonly settings: Settings;
  readonly capacity: number;
  readonly steps: readonly Step[];
}

type Type = Operation['type'];

const person = fc.nat({ max: PEOPLE - 1 });
/** Persons create teams in any order; a number beyond those that exist names none. */
const team = fc.nat({ max: TEAMS - 1 });
const decision = fc.constantFrom('ACCEPT', 'ACCEPT', 'ACCEPT', 'WAITLIST', 'REJECT');

const answers = fc.constantFrom(null, {}, {});

const operation = (type: Type, fields: object = {}) =>
  fc.record({ type: fc.constant(type), ...fields }) as unknown as fc.Arbitrary<Operation>;

const OPERATIONS: Readonly<Record<Type, { readonly weight: number; readonly fields?: object }>> = {
  create: { weight: 4, fields: { person, answers } },
  join: { weight: 12, fields: { person, team, answers } },
  answer: { weight: 3, fields: { person, team } },
  end: { weight: 4, fields: { person, team, whose: person } },
  'make-captain': { weight: 2, fields: { person, team, to: person } },
  register: { weight: 12, fields: { person, team, joinWaitlist: fc.constantFrom(true, true, false) } },
  leave: { weight: 4, fields: { person } },
  withdraw: { weight: 2, fields: { person, team } },
  decide: {
    weight: 6,
    fields: {
      decisions: fc.uniqueArray(fc.record({ team, decision }), {
        ...{ minLength: 1, maxLength: TEAMS, selector: ({ team }) => team },
      }),
    },
  },
  reinstate: { weight: 3, fields: { team } },
  remove: { weight: 2, fields: { team } },
  confirm: { weight: 4, fields: { person } },
  capacity: { weight: 3, fields: { capacity: fc.integer({ min: 3, max: 8 }) } },
  ask: { weight: 1, fields: { isRequired: fc.boolean() } },
  'check-in': { weight: 4, fields: { person } },
  'holds-expire': { weight: 1 },
  'release-no-shows': { weight: 1 },
  'next-phase': { weight: 1 },
};

/** Time does not pass while others act, and what a scan is depends on its time and not on its turn. */
const ALONE: readonly Type[] = ['check-in', 'holds-expire', 'release-no-shows', 'next-phase'];

const ALL = Object.keys(OPERATIONS) as Type[];

const oneOf = (types: readonly Type[]) =>
  fc.oneof(
    ...types.map((type) => {
      const { weight, fields } = OPERATIONS[type];
      return { weight, arbitrary: operation(type, fields) };
    }),
  );

const concurrent = (types: readonly Type[]) =>
  fc.array(oneOf(types.filter((type) => !ALONE.includes(type))), { minLength: 2, maxLength: 6, size: 'max' });

const steps = (types: readonly Type[]): fc.Arbitrary<Step> =>
  fc.oneof({ weight: 3, arbitrary: oneOf(types).map((one) => [one]) }, { weight: 1, arbitrary: concurrent(types) });

const settings: fc.Arbitrary<Settings> = fc.record({
  teamMin: fc.constantFrom(1, 2),
  teamMax: fc.constantFrom(2, 3),
  seatUnit: fc.constantFrom('PERSON', 'PERSON', 'TEAM'),
  isByApproval: fc.constantFrom(false, false, true),
  confirms: fc.boolean(),
});

/** Three teams of two, all of them registered: of the smaller capacities, some wait. */
const FIRST_TEAMS = [0, 1, 2];
const THREE_TEAMS: readonly Step[] = [
  FIRST_TEAMS.map((team) => ({ type: 'create', person: 2 * team, answers: null })),
  FIRST_TEAMS.map((team) => ({ type: 'join', person: 2 * team + 1, team, answers: null })),
  FIRST_TEAMS.map((team) => ({ type: 'register', person: 2 * team, team, joinWaitlist: true })),
];

export interface Choice {
  /** Only these operations, which then meet each other often. */
  readonly types?: readonly Type[] | undefined;
  readonly settings?: Partial<Settings> | undefined;
  readonly capacity?: number | undefined;
  /** Also without teams at the beginning. */
  readonly mayBeEmpty?: boolean | undefined;
}

export const scenarioOf = ({ types = ALL, settings: chosen, capacity, mayBeEmpty = false }: Choice = {}) =>
  fc
    .record({
      settings: settings.map((any) => ({ ...any, ...chosen })),
      capacity: capacity === undefined ? fc.integer({ min: 3, max: 6 }) : fc.constant(capacity),
      opening: mayBeEmpty ? fc.constantFrom([], THREE_TEAMS) : fc.constant(THREE_TEAMS),
      steps: fc.array(steps(types), { minLength: 5, maxLength: 40, size: 'max' }),
    })
    .map(({ opening, steps, ...scenario }): Scenario => ({ ...scenario, steps: [...opening, ...steps] }));
