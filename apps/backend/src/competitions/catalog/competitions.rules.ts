import type { AdmissionMode, CompetitionStatus } from '@mini-compete/shared/seats';
import { DomainError } from '../../platform/errors/domain-error.js';

/** What the status is derived from. */
export interface StatusFields {
  readonly cancelledAt: Date | null;
  readonly regOpensAt: Date | null;
  readonly regDeadline: Date;
  readonly seatsLeft: number;
  readonly waiting: number;
  /** The seats that teams on the waitlist need, beyond one each. */
  readonly waitingExtraSeats: number;
  readonly admissionMode: AdmissionMode;
  readonly nextExpiryAt: Date | null;
}

/** Never stored. The database function `competition_status()` has the same rules, and a test compares the two. */
export function statusOf(competition: StatusFields, now: Date): CompetitionStatus {
  if (competition.cancelledAt !== null) return 'cancelled';
  if (competition.regDeadline <= now) return 'closed';
  if (competition.regOpensAt !== null && competition.regOpensAt > now) return 'upcoming';
  if (competition.admissionMode === 'APPROVAL') return 'open';
  // The seat of a hold or an invitation that is due may be free for everybody.
  if (competition.nextExpiryAt !== null && competition.nextExpiryAt <= now) return 'open';
  // While people are promoted in steps, seats are free that belong to the waitlist.
  return competition.seatsLeft <= competition.waiting + competition.waitingExtraSeats ? 'full' : 'open';
}

/** Seats that are taken: held by registrations, or reserved by invitations. */
export const seatedIn = ({ capacity, seatsLeft }: { capacity: number; seatsLeft: number }): number =>
  capacity - seatsLeft;

interface NewDates {
  readonly regDeadline: string;
  readonly teamsLockAt: string | null;
}

/** For a new competition: with a deadline in the past nobody could register, and with locked teams nobody join one. */
export function ensureInFuture({ regDeadline, teamsLockAt }: NewDates, now: Date): void {
  if (Date.parse(regDeadline) <= now.getTime())
    throw new DomainError('VALIDATION_FAILED', { errors: [{ path: 'regDeadline', key: 'rule.deadlineInFuture' }] });
  if (teamsLockAt !== null) ensureLockInFuture(new Date(teamsLockAt), now);
}

export function ensureLockInFuture(lock: Date, now: Date): void {
  if (lock > now) return;
  throw new DomainError('VALIDATION_FAILED', { errors: [{ path: 'teamsLockAt', key: 'rule.lockInFuture' }] });
}
