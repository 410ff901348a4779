import type { RegisterInput } from '@mini-compete/shared/registrations';
import { newIdempotencyKey } from './idempotency-key';

/**
 * `join` registers or, if the competition is full, puts the person on the waitlist; `confirm` takes a seat that is held;
 * `redeem` takes one that an invitation reserves; `leave` ends any of these.
 */
export type RegistrationOperation = 'register' | 'join' | 'confirm' | 'redeem' | 'leave';

/**
 * One click is one attempt with one idempotency key: created before the first request, kept in the tab over retries and
 * reloads, removed after the final response. It belongs to one user, so that another user who signs in to this tab does not
 * continue it.
 */
export type RegistrationAttempt = {
  key: string;
  operation: RegistrationOperation;
  userId: string;
  createdAt: number;
  /** Part of the request: a retry has to send the same. */
  given?: GivenBody;
};

/** Empty where nothing is asked. */
export type GivenAnswers = Pick<RegisterInput, 'answers' | 'questionsVersion'>;
/** What an attempt sends besides its operation: the answers, the team that its captain registers, the invitation. */
export type GivenBody = GivenAnswers & Pick<RegisterInput, 'teamId'> & { readonly invitationToken?: string };

/** Well below the 24 hours for which the API stores a key. */
const MAX_AGE_MS = 60 * 60 * 1000;

const storageKey = (competitionId: string) => `mc.attempt.${competitionId}`;

export function createAttempt(
  competitionId: string,
  operation: RegistrationOperation,
  userId: string,
  key: string = newIdempotencyKey(),
  given: GivenBody = {},
): RegistrationAttempt {
  const attempt = { key, operation, userId, createdAt: Date.now(), given };
  store(competitionId, JSON.stringify(attempt));
  return attempt;
}

export function findAttempt(competitionId: string, userId: string): RegistrationAttempt | null {
  try {
    const stored = sessionStorage.getItem(storageKey(competitionId));
    const attempt = JSON.parse(stored ?? 'null') as RegistrationAttempt | null;
    if (attempt?.userId === userId && Date.now() - attempt.createdAt < MAX_AGE_MS) return attempt;
  } catch {
    // Storage is disabled, or the value is not ours: there is no attempt to continue.
  }
  return null;
}

export const removeAttempt = (competitionId: string): void => store(competitionId, null);

function store(competitionId: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(storageKey(competitionId));
    else sessionStorage.setItem(storageKey(competitionId), value);
  } catch {
    // Without storage, retries still use the same key; only a reload loses it.
  }
}
