import type { ErrorCode } from '@mini-compete/shared/errors';
import type { RegistrationStatus } from '@mini-compete/shared/seats';
import type { Arrival } from '../common/http/arrival.js';

/** Somebody who asks for a seat, or who gives one back. */
export interface Entrant {
  readonly competitionId: string;
  readonly userId: string;
  /** Null where a signed link stands for the session. */
  readonly sessionId: string | null;
  readonly key: string | null;
  readonly fingerprint: Buffer;
  readonly arrival: Arrival;
  /** Registering: whether a place in line will do. */
  readonly joins: boolean;
  /** Leaving by a link: this registration and no other. */
  readonly registrationId: string | null;
}

export type Act = 'register' | 'leave';

export type RefusalCode = Extract<
  ErrorCode,
  | 'SESSION_ENDED'
  | 'ACCOUNT_DISABLED'
  | 'FORBIDDEN'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'COMPETITION_NOT_FOUND'
  | 'ALREADY_REGISTERED'
  | 'NOT_REGISTERED'
  | 'REGISTRATION_NOT_OPEN'
  | 'REGISTRATION_CLOSED'
  | 'COMPETITION_FULL'
>;

export type DoneStatus = Extract<RegistrationStatus, 'PENDING' | 'WAITLISTED' | 'CANCELLED'>;

/** What the database said to one entrant. `body` is the answer, byte for byte. */
export type Verdict =
  | { readonly kind: 'done'; readonly status: DoneStatus; readonly body: string; readonly seats: Seats }
  | { readonly kind: 'replayed'; readonly body: string }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly own?: { id: string; status: string } }
  /** Somebody else holds the competition's row; nothing was decided. */
  | { readonly kind: 'skipped' };

/** A competition's seats after a batch. */
export interface Seats {
  readonly seatsLeft: number;
  readonly waiting: number;
}
