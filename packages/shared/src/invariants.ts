import { z } from 'zod';
import { Id, Instant } from './common.js';

/** Promises about the data that a worker checks all the time. */
export const INVARIANT_NAMES = [
  'never-oversold',
  'nobody-twice',
  'everybody-told',
  'no-seat-idle',
  'records-agree',
] as const;
export const InvariantName = z.enum(INVARIANT_NAMES);
export type InvariantName = z.infer<typeof InvariantName>;

/** A row that breaks an invariant. */
export const InvariantBreach = z
  .object({
    competition: z.object({ id: Id, title: z.string() }),
    /** The id in docs/testing.md, and the rule as a sentence, in English. */
    case: z.string(),
    rule: z.string(),
    /** The columns that show it: ids, counters and instants. */
    row: z.record(z.string(), z.unknown()),
    foundAt: Instant,
  })
  .meta({ id: 'InvariantBreach' });
export type InvariantBreach = z.infer<typeof InvariantBreach>;

export const InvariantStatus = z
  .object({
    name: InvariantName,
    /** How many rows break it now, as of the last check. */
    count: z.int(),
    /** The first of them. */
    breaches: z.array(InvariantBreach),
  })
  .meta({ id: 'InvariantStatus' });
export type InvariantStatus = z.infer<typeof InvariantStatus>;

export const InvariantReport = z
  .object({
    /** The last check, of the competitions with changes and the next few others. Null: no worker has run one yet. */
    checkedAt: Instant.nullable(),
    /** The checks have stopped: what `invariants` says may no longer be true. */
    stale: z.boolean(),
    /** When every competition had been checked once more. */
    completedAt: Instant.nullable(),
    /** How many the last check has read. */
    competitions: z.int(),
    registrations: z.int(),
    invariants: z.array(InvariantStatus),
  })
  .meta({ id: 'InvariantReport' });
export type InvariantReport = z.infer<typeof InvariantReport>;
