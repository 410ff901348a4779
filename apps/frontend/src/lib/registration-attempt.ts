export type RegistrationAct = 'register' | 'join' | 'leave';

/**
 * One press is one intention, and one intention has one key: made before the first request, kept in the
 * tab over retries and reloads, thrown away when there is a final answer. Bound to the person, so that
 * whoever signs in next in this tab does not finish what somebody else began.
 */
export type Intention = { key: string; act: RegistrationAct; userId: string; madeAt: number };

/** The server remembers a key for 24 hours; an intention older than this is no longer one. */
const STANDS_FOR = 60 * 60 * 1000;

const nameOf = (competitionId: string) => `mc.intention.${competitionId}`;

export function makeIntention(competitionId: string, act: RegistrationAct, userId: string): Intention {
  const intention = { key: newKey(), act, userId, madeAt: Date.now() };
  write(competitionId, JSON.stringify(intention));
  return intention;
}

export function findIntention(competitionId: string, userId: string): Intention | null {
  try {
    const intention = JSON.parse(sessionStorage.getItem(nameOf(competitionId)) ?? 'null') as Intention | null;
    if (intention?.userId === userId && Date.now() - intention.madeAt < STANDS_FOR) return intention;
  } catch {
    // Storage is switched off, or holds what is none of ours: there is no intention to go on with.
  }
  return null;
}

export const settleIntention = (competitionId: string): void => write(competitionId, null);

function write(competitionId: string, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(nameOf(competitionId));
    else sessionStorage.setItem(nameOf(competitionId), value);
  } catch {
    // Without storage the key still holds over retries; only a reload forgets it.
  }
}

/** randomUUID is missing where the page is not served over HTTPS or from localhost. */
export function newKey(): string {
  return (
    crypto.randomUUID?.() ??
    [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  );
}
