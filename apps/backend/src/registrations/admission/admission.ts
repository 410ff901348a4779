import type { ErrorCode, Problem } from '@mini-compete/shared/errors';
import type { RegistrationStatus } from '@mini-compete/shared/seats';
import type { Arrival } from '../../platform/http/arrival.js';
import type { CheckedAnswers } from '../questions/answer-checker.js';

export type AdmissionOperation = 'register' | 'leave';

/**
 * What a batch does about the competition's row, which is the lock of its seats: skip it or wait for it while another
 * transaction holds it, or not take it at all.
 */
export type LockMode = 'skip' | 'wait' | 'none';

/** One person's request for a seat, or to give one back. */
export interface AdmissionRequest {
  readonly competitionId: string;
  readonly userId: string;
  /** Null where a signed link takes the place of the session. */
  readonly sessionId: string | null;
  readonly key: string | null;
  readonly fingerprint: Buffer;
  readonly arrival: Arrival;
  /** Register: take a place on the waitlist when all seats are taken. */
  readonly joinWaitlist: boolean;
  /** Register: refuse an account whose address has to be verified and is not. */
  readonly verifiedOnly: boolean;
  /** Register: the team that its captain registers; null for a person. */
  readonly teamId: string | null;
  /** Register: null when the request answers no questions. */
  readonly answers: CheckedAnswers | null;
  /** Leave by link: only this registration. */
  readonly registrationId: string | null;
}

/** The database's decision about one request. `body` is the response, byte for byte. */
export type AdmissionResult =
  | { readonly kind: 'done'; readonly status: DoneStatus; readonly body: string; readonly seats: SeatCounts }
  | { readonly kind: 'replayed'; readonly body: string }
  /** The answers are not valid, and nothing else prevents the registration. */
  | { readonly kind: 'answers-invalid' }
  | {
      readonly kind: 'refused';
      readonly code: RefusalCode;
      readonly own?: { id: string; status: string };
      /** TEAM_MEMBER_INELIGIBLE: who. */
      readonly member?: IneligibleMember;
    }
  /** Not decided, because the batch did not get the competition's row. `isFull`: there was no seat for newcomers. */
  | { readonly kind: 'skipped'; readonly isFull?: boolean };

export type DoneStatus = Extract<RegistrationStatus, 'PENDING' | 'WAITLISTED' | 'APPLIED' | 'CANCELLED'>;

export type RefusalCode = Extract<
  ErrorCode,
  | 'SESSION_ENDED'
  | 'ACCOUNT_DISABLED'
  | 'FORBIDDEN'
  | 'EMAIL_NOT_VERIFIED'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'COMPETITION_NOT_FOUND'
  | 'ALREADY_REGISTERED'
  | 'STAFF_CANNOT_REGISTER'
  | 'NOT_REGISTERED'
  | 'REGISTRATION_NOT_OPEN'
  | 'REGISTRATION_CLOSED'
  | 'ALREADY_DECIDED'
  | 'QUESTIONS_CHANGED'
  | 'TEAM_REQUIRED'
  | 'TEAM_NOT_FOUND'
  | 'NOT_CAPTAIN'
  | 'TEAM_MEMBER_INELIGIBLE'
  | 'TEAM_TOO_SMALL'
  | 'COMPETITION_FULL'
>;

export type IneligibleMember = NonNullable<Problem['member']>;

/** A competition's counters after a batch. */
export interface SeatCounts {
  readonly seatsLeft: number;
  readonly waiting: number;
}
