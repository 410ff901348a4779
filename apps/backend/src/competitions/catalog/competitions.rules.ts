import type { CompetitionStatus } from '@mini-compete/shared/seats';
import { DomainError } from '../../platform/errors/domain-error.js';

/** What the status is derived from. */
export interface StatusFields {
  readonly cancelledAt: Date | null;
  readonly regOpensAt: Date | null;
  readonly regDeadline: Date;
  readonly seatsLeft: number;
}

/** Never stored. The database function `competition_status()` has the same rules, and a test compares the two. */
export function statusOf(competition: StatusFields, now: Date): CompetitionStatus {
  if (competition.cancelledAt !== null) return 'cancelled';
  if (competition.regDeadline <= now) return 'closed';
  if (competition.regOpensAt !== null && competition.regOpensAt > now) return 'upcoming';
  return competition.seatsLeft <= 0 ? 'full' : 'open';
}

/** Number of registrations that hold a seat. */
export const seatedIn = ({ capacity, seatsLeft }: { capacity: number; seatsLeft: number }): number =>
  capacity - seatsLeft;

/** For a new competition: with a deadline in the past nobody could register. */
export function ensureDeadlineInFuture(regDeadline: string, now: Date): void {
  if (Date.parse(regDeadline) > now.getTime()) return;
  throw new DomainError('VALIDATION_FAILED', {
    errors: [{ path: 'regDeadline', message: 'registration has to close in the future' }],
  });
}
