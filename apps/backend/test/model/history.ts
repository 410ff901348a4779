import fc from 'fast-check';
import type { Asking, Competition, Organizing } from './rules.js';

export const PEOPLE = 6;
/** One more than there are: the last one does not exist. */
const COMPETITIONS = 3;

export type Step =
  | { readonly act: 'ask'; readonly asking: Asking }
  | { readonly act: 'burst'; readonly askings: readonly Asking[] }
  | { readonly act: 'organize'; readonly organizing: Organizing }
  | { readonly act: 'wait'; readonly hours: number }
  | { readonly act: 'clean-up' };

export interface Plan {
  readonly competitions: readonly Competition[];
  readonly steps: readonly Step[];
}

const person = fc.nat({ max: PEOPLE - 1 });
const existing = fc.nat({ max: COMPETITIONS - 2 });
const anywhere = fc.oneof({ weight: 15, arbitrary: existing }, { weight: 1, arbitrary: fc.constant(COMPETITIONS - 1) });
/** Few keys, so that late copies and keys used for something else are the ordinary case. */
const key = fc.constantFrom('a', 'b', null);

const asking: fc.Arbitrary<Asking> = fc.record({
  act: fc.constantFrom('register', 'register', 'register', 'leave'),
  person,
  competition: anywhere,
  key,
  joins: fc.boolean(),
});

const organizing: fc.Arbitrary<Organizing> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('capacity'),
      competition: existing,
      capacity: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('later'), competition: existing, hours: fc.integer({ min: 1, max: 30 }) }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('waitlist'), competition: existing, on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('cancel'), competition: existing }) },
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ act: fc.constant('ask'), asking }) },
  {
    weight: 6,
    arbitrary: fc.record({ act: fc.constant('burst'), askings: fc.array(asking, { minLength: 2, maxLength: 12 }) }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('organize'), organizing }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('wait'), hours: fc.constantFrom(1, 2, 10, 24) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('clean-up') }) },
);

const competition: fc.Arbitrary<Competition> = fc.record({
  capacity: fc.integer({ min: 1, max: 3 }),
  opensAt: fc.constantFrom(-0.5, -0.5, -0.5, 1.5),
  deadline: fc.constantFrom(2.5, 10.5, 40.5),
  waitlist: fc.constantFrom(true, true, false),
  cancelled: fc.constant(false),
});

/** A life of two competitions. */
export const plan: fc.Arbitrary<Plan> = fc.record({
  competitions: fc.array(competition, { minLength: COMPETITIONS - 1, maxLength: COMPETITIONS - 1 }),
  steps: fc.array(step, { minLength: 1, maxLength: 25, size: 'max' }),
});
