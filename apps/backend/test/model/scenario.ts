import fc from 'fast-check';
import type { Action, Answers, Change, Request } from './actions.js';
import type { Competition } from './state.js';

export const PEOPLE = 6;
/** The last one does not exist. */
const COMPETITIONS = 3;

export type Step =
  | { readonly type: 'action'; readonly action: Action }
  | { readonly type: 'concurrent-actions'; readonly actions: readonly Action[] }
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

/** Versions that are current, outdated, or not there yet. */
const version = fc.constantFrom(0, 1, 1, 2);
const answers: fc.Arbitrary<Answers | null> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  {
    weight: 1,
    arbitrary: version.chain((version) =>
      fc.record({ version: fc.constant(version), isAnswered: version === 0 ? fc.constant(false) : fc.boolean() }),
    ),
  },
);

const request: fc.Arbitrary<Request> = fc
  .record({
    operation: fc.constantFrom('register', 'register', 'register', 'leave'),
    server: fc.constantFrom('current', 'current', 'current', 'previous'),
    person,
    competition: anyCompetition,
    key,
    joinWaitlist: fc.boolean(),
    answers,
  } as const)
  .map((request) =>
    request.server === 'previous' || request.operation === 'leave' ? { ...request, answers: null } : request,
  );

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
const persons = fc.uniqueArray(person, { minLength: 1, maxLength: 3 });

// Never at the time of a deadline, which is when people stop moving up.
const hours = fc.constantFrom(0.4, 2.4, 2.4, 30.4);

type Weighted = { readonly weight: number; readonly arbitrary: fc.Arbitrary<Change> };
const CHANGES: Readonly<Record<Change['type'], Weighted>> = {
  capacity: { weight: 4, arbitrary: on('capacity', { capacity: fc.integer({ min: 1, max: 5 }) }) },
  extend: { weight: 2, arbitrary: on('extend', { hours: fc.integer({ min: 1, max: 30 }) }) },
  waitlist: { weight: 1, arbitrary: on('waitlist', { on: fc.boolean() }) },
  questions: { weight: 1, arbitrary: on('questions', { asks: fc.constantFrom('required', 'optional', 'nothing') }) },
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
  invite: { weight: 4, arbitrary: on('invite', { persons, hours }) },
  import: { weight: 3, arbitrary: on('import', { persons, hours }) },
  'run-imports': { weight: 3, arbitrary: on('run-imports', {}) },
  redeem: { weight: 4, arbitrary: on('redeem', { person, answers }) },
  withdraw: { weight: 1, arbitrary: on('withdraw', { person }) },
  employ: { weight: 1, arbitrary: on('employ', { person }) },
  dismiss: { weight: 1, arbitrary: on('dismiss', { person }) },
};

/** Their effect is one commit, so that the model can judge them in some order. */
const CONCURRENT: readonly Change['type'][] = [
  'questions',
  'decide',
  'confirm',
  'invite',
  'redeem',
  'withdraw',
  'employ',
];

const changeOf = (types: readonly Change['type'][]) => fc.oneof(...types.map((type) => CHANGES[type]));

function concurrentActions(types: readonly Change['type'][]): fc.Arbitrary<Action[]> {
  const concurrent = types.filter((type) => CONCURRENT.includes(type));
  const changes = concurrent.length === 0 ? [] : [{ weight: 1, arbitrary: changeOf(concurrent) }];
  return fc.array(fc.oneof({ weight: 2, arbitrary: request }, ...changes), { minLength: 2, maxLength: 12 });
}

const steps = (types: readonly Change['type'][]): readonly fc.WeightedArbitrary<Step>[] => [
  { weight: 8, arbitrary: fc.record({ type: fc.constant('action'), action: request }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant('concurrent-actions'), actions: concurrentActions(types) }) },
  { weight: 7, arbitrary: fc.record({ type: fc.constant('action'), action: changeOf(types) }) },
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
    asks: fc.constant('nothing'),
    questionsVersion: fc.constant(0),
    cancelledAt: fc.constant(null),
  } as const)
  .map(({ hoursUntilStart, ...fields }) => ({ ...fields, startsAt: fields.deadline + hoursUntilStart }));

interface Choice {
  /** Only these changes, which then meet each other often. */
  readonly types?: readonly Change['type'][] | undefined;
  /** All people but one join the first competition at once. */
  readonly isCrowded?: boolean | undefined;
}

const EVERYBODY_JOINS: Step = {
  type: 'concurrent-actions',
  actions: Array.from({ length: PEOPLE - 1 }, (_, person) => ({
    operation: 'register' as const,
    server: 'current' as const,
    person,
    competition: 0,
    key: null,
    joinWaitlist: true,
    answers: null,
  })),
};

export const scenarioOf = ({ types = Object.keys(CHANGES) as Change['type'][], isCrowded = false }: Choice = {}) =>
  fc
    .record({
      competitions: fc.array(competition, { minLength: COMPETITIONS - 1, maxLength: COMPETITIONS - 1 }),
      steps: fc.array(fc.oneof(...steps(types)), {
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
