import fc from 'fast-check';
import type { Change, Competition, Request } from './rules.js';

export const PEOPLE = 6;
/** The last one does not exist. */
const COMPETITIONS = 3;

export type Step =
  | { readonly type: 'request'; readonly request: Request }
  | { readonly type: 'concurrent-requests'; readonly requests: readonly Request[] }
  | { readonly type: 'change'; readonly change: Change }
  | { readonly type: 'wait'; readonly hours: number }
  | { readonly type: 'clean-up' };

export interface Scenario {
  readonly competitions: readonly Competition[];
  readonly steps: readonly Step[];
}

const person = fc.nat({ max: PEOPLE - 1 });
const existingCompetition = fc.nat({ max: COMPETITIONS - 2 });
const anyCompetition = fc.oneof(
  { weight: 15, arbitrary: existingCompetition },
  { weight: 1, arbitrary: fc.constant(COMPETITIONS - 1) },
);
/** Only two keys, so that late retries and reused keys are frequent. */
const key = fc.constantFrom('a', 'b', null);

const request: fc.Arbitrary<Request> = fc.record({
  operation: fc.constantFrom('register', 'register', 'register', 'leave'),
  person,
  competition: anyCompetition,
  key,
  joinWaitlist: fc.boolean(),
});

const on = <Fields extends object>(
  type: Change['type'],
  fields: { [Key in keyof Fields]: fc.Arbitrary<Fields[Key]> },
) =>
  fc.record({
    type: fc.constant(type),
    competition: existingCompetition,
    ...fields,
  }) as unknown as fc.Arbitrary<Change>;

/** Several people, each once. */
const persons = fc.uniqueArray(person, { minLength: 1, maxLength: PEOPLE });

type Weighted = { readonly weight: number; readonly arbitrary: fc.Arbitrary<Change> };
const CHANGES: Readonly<Record<Change['type'], Weighted>> = {
  capacity: { weight: 4, arbitrary: on('capacity', { capacity: fc.integer({ min: 1, max: 5 }) }) },
  extend: { weight: 2, arbitrary: on('extend', { hours: fc.integer({ min: 1, max: 30 }) }) },
  waitlist: { weight: 1, arbitrary: on('waitlist', { on: fc.boolean() }) },
  questions: { weight: 1, arbitrary: on('questions', { required: fc.constantFrom(true, false, false) }) },
  cancel: { weight: 1, arbitrary: on('cancel', {}) },
  'undo-cancel': { weight: 2, arbitrary: on('undo-cancel', {}) },
  reinstate: { weight: 4, arbitrary: on('reinstate', { person, which: fc.constantFrom('first', 'last', 'last') }) },
  decide: {
    weight: 6,
    arbitrary: on('decide', {
      decisions: fc.uniqueArray(
        fc.record({ person, decision: fc.constantFrom('ACCEPT', 'ACCEPT', 'ACCEPT', 'WAITLIST', 'REJECT') }),
        { minLength: 1, maxLength: PEOPLE, selector: ({ person }) => person },
      ),
    }),
  },
  confirm: { weight: 4, arbitrary: on('confirm', { person }) },
  invite: { weight: 4, arbitrary: on('invite', { persons, hours: fc.constantFrom(2.5, 30.5) }) },
  redeem: { weight: 4, arbitrary: on('redeem', { person }) },
  withdraw: { weight: 1, arbitrary: on('withdraw', { person }) },
  employ: { weight: 1, arbitrary: on('employ', { person }) },
  dismiss: { weight: 1, arbitrary: on('dismiss', { person }) },
};

const steps = (changes: readonly Weighted[]): readonly fc.WeightedArbitrary<Step>[] => [
  { weight: 8, arbitrary: fc.record({ type: fc.constant('request'), request }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('concurrent-requests'),
      requests: fc.array(request, { minLength: 2, maxLength: 12 }),
    }),
  },
  { weight: 7, arbitrary: fc.record({ type: fc.constant('change'), change: fc.oneof(...changes) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('wait'), hours: fc.constantFrom(1, 2, 10, 24) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('clean-up') }) },
];

/** Most are plain: the others would hide the rules of these. */
const competition: fc.Arbitrary<Competition> = fc
  .record({
    capacity: fc.integer({ min: 1, max: 3 }),
    opensAt: fc.constantFrom(-0.5, -0.5, -0.5, 1.5),
    deadline: fc.constantFrom(2.5, 10.5, 40.5),
    // Never at the time of a deadline, also of one that is moved: the clocks differ by milliseconds.
    hoursUntilStart: fc.constantFrom(0.2, 8.2, 30.2),
    waitlist: fc.constantFrom(true, true, false),
    isByApproval: fc.constantFrom(false, false, true),
    confirmWithin: fc.constantFrom(null, null, 1.5, 12.5),
    requiresAnswers: fc.constant(false),
    cancelledAt: fc.constant(null),
  })
  .map(({ hoursUntilStart, ...fields }) => ({ ...fields, startsAt: fields.deadline + hoursUntilStart }));

interface Choice {
  /** Only these changes, which then meet each other often. */
  readonly types?: readonly Change['type'][] | undefined;
  /** All people but one join the first competition at once. */
  readonly isCrowded?: boolean | undefined;
}

const EVERYBODY_JOINS: Step = {
  type: 'concurrent-requests',
  requests: Array.from({ length: PEOPLE - 1 }, (_, person) => ({
    operation: 'register' as const,
    person,
    competition: 0,
    key: null,
    joinWaitlist: true,
  })),
};

export const scenarioOf = ({ types = Object.keys(CHANGES) as Change['type'][], isCrowded = false }: Choice = {}) =>
  fc
    .record({
      competitions: fc.array(competition, { minLength: COMPETITIONS - 1, maxLength: COMPETITIONS - 1 }),
      steps: fc.array(fc.oneof(...steps(types.map((type) => CHANGES[type]))), {
        minLength: 1,
        maxLength: 25,
        size: 'max',
      }),
    })
    .map(
      ({ competitions, steps }): Scenario => ({
        competitions,
        steps: [...(isCrowded ? [EVERYBODY_JOINS] : []), ...steps],
      }),
    );
