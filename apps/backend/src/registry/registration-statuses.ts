import { ACTIVE, APPLIED, ENDED, HELD, HOLDING, SEATED, WAITLISTED } from '@mini-compete/shared/registration-status';

/**
 * Conditions on `registrations.status`, to be written after the column: `r.status ${IS_SEATED}`. Literals and not
 * parameters, because the planner uses a partial index only for a condition that it can prove while planning.
 */
export const IS_SEATED = oneOf(SEATED);
export const IS_HELD = oneOf(HELD);
export const HOLDS_SEAT = oneOf(HOLDING);
export const HAS_APPLIED = oneOf(APPLIED);
export const IS_WAITLISTED = oneOf(WAITLISTED);
export const IS_ACTIVE = oneOf(ACTIVE);
export const HAS_ENDED = oneOf(ENDED);

/** A condition as a literal: `r.status ${oneOf(SEATED)}`. */
export function oneOf(values: readonly string[]): string {
  return `IN (${values.map((value) => `'${value}'`).join(', ')})`;
}
