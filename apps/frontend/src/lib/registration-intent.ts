import type { Competition } from '@mini-compete/shared/competitions';
import { newIdempotencyKey } from './idempotency-key';
import type { RegistrationOperation } from './registration-attempt';

/**
 * A signed-out visitor has pressed the button, and is on the way through sign-in or sign-up. Kept in the tab, so that
 * only a press on this site creates one: a link from elsewhere registers nobody.
 */
export type RegistrationIntent = {
  key: string;
  operation: Exclude<RegistrationOperation, 'confirm' | 'leave'>;
  createdAt: number;
  /** What the visitor saw when pressing. */
  seen: Seen;
};

type Seen = Pick<Competition, 'startDate' | 'endDate' | 'location'>;

/** Enough to create an account; after it, the press is forgotten. */
const MAX_AGE_MS = 30 * 60 * 1000;

const storageKey = (competitionId: string) => `mc.intent.${competitionId}`;

export function storeIntent(competition: Competition, operation: RegistrationIntent['operation']): void {
  const intent: RegistrationIntent = {
    key: newIdempotencyKey(),
    operation,
    createdAt: Date.now(),
    seen: seenOf(competition),
  };
  try {
    sessionStorage.setItem(storageKey(competition.id), JSON.stringify(intent));
  } catch {
    // Without storage the visitor presses once more after signing in.
  }
}

/** Returns the intent and removes it: it is used once. */
export function takeIntent(competitionId: string): RegistrationIntent | null {
  try {
    const stored = sessionStorage.getItem(storageKey(competitionId));
    sessionStorage.removeItem(storageKey(competitionId));
    const intent = JSON.parse(stored ?? 'null') as RegistrationIntent | null;
    if (intent && Date.now() - intent.createdAt < MAX_AGE_MS) return intent;
  } catch {
    // Storage is disabled, or the value is not ours.
  }
  return null;
}

export const isUnchanged = (competition: Competition, { seen }: RegistrationIntent): boolean =>
  JSON.stringify(seenOf(competition)) === JSON.stringify(seen);

const seenOf = ({ startDate, endDate, location }: Competition): Seen => ({ startDate, endDate, location });
