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

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('capacity'),
      competition: existingCompetition,
      capacity: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('extend'),
      competition: existingCompetition,
      hours: fc.integer({ min: 1, max: 30 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('waitlist'), competition: existingCompetition, on: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('cancel'), competition: existingCompetition }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('undo-cancel'), competition: existingCompetition }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('reinstate'),
      competition: existingCompetition,
      person,
      which: fc.constantFrom('first', 'last', 'last'),
    }),
  },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant('request'), request }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('concurrent-requests'),
      requests: fc.array(request, { minLength: 2, maxLength: 12 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('change'), change }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('wait'), hours: fc.constantFrom(1, 2, 10, 24) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('clean-up') }) },
);

const competition: fc.Arbitrary<Competition> = fc.record({
  capacity: fc.integer({ min: 1, max: 3 }),
  opensAt: fc.constantFrom(-0.5, -0.5, -0.5, 1.5),
  deadline: fc.constantFrom(2.5, 10.5, 40.5),
  waitlist: fc.constantFrom(true, true, false),
  cancelledAt: fc.constant(null),
});

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  competitions: fc.array(competition, { minLength: COMPETITIONS - 1, maxLength: COMPETITIONS - 1 }),
  steps: fc.array(step, { minLength: 1, maxLength: 25, size: 'max' }),
});
