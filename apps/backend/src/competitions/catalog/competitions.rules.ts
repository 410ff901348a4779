import type { CompetitionStatus } from '@mini-compete/shared/seats';
import { DomainError } from '../../platform/errors/domain-error.js';

/** What the status follows from. */
export interface Timed {
  readonly cancelledAt: Date | null;
  readonly regOpensAt: Date | null;
  readonly regDeadline: Date;
  readonly seatsLeft: number;
}

/** Derived, never stored. The database says the same in `competition_status()`; a test compares the two. */
export function statusOf(competition: Timed, now: Date): CompetitionStatus {
  if (competition.cancelledAt !== null) return 'cancelled';
  if (competition.regDeadline <= now) return 'closed';
  if (competition.regOpensAt !== null && competition.regOpensAt > now) return 'upcoming';
  return competition.seatsLeft <= 0 ? 'full' : 'open';
}

/** How many registrations hold a seat. */
export const seatedIn = ({ capacity, seatsLeft }: { capacity: number; seatsLeft: number }): number =>
  capacity - seatsLeft;

/** A deadline that has passed already is a slip of the pen, and nobody could register. */
export function ensureDeadlineAhead(regDeadline: string, now: Date): void {
  if (Date.parse(regDeadline) > now.getTime()) return;
  throw new DomainError('VALIDATION_FAILED', {
    errors: [{ path: 'regDeadline', message: 'registration has to close in the future' }],
  });
}
