import type { Competition } from '@mini-compete/shared/competitions';
import { useEffect, useState } from 'react';
import type { RegistrationOperation } from '@/lib/registration-attempt';
import { isUnchanged, takeIntent } from '@/lib/registration-intent';

/** Why the visitor has to press once more. */
export type ChangedIntent = 'dates' | 'full' | 'open' | 'questions';

/**
 * Back from sign-in: sends the registration that the visitor has pressed before, with the same key. If dates, seats
 * or questions have changed meanwhile, it is not sent, and the reason is returned.
 */
export function useIntent(
  competition: Competition,
  participantId: string | null,
  /** False when the answers do not fit the questions anymore. */
  start: (operation: RegistrationOperation, key: string) => boolean,
): ChangedIntent | null {
  const [changed, setChanged] = useState<ChangedIntent | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: compares with the competition as it was loaded, once
  useEffect(() => {
    if (participantId === null) return;
    const intent = takeIntent(competition.id);
    if (intent === null || competition.registration !== null) return;
    const isFull = competition.status === 'full';
    if (!isUnchanged(competition, intent)) setChanged('dates');
    else if (intent.operation === 'register' && isFull && competition.waitlist) setChanged('full');
    else if (intent.operation === 'join' && competition.status === 'open') setChanged('open');
    else if (!start(intent.operation, intent.key)) setChanged('questions');
  }, [competition.id, participantId]);
  return changed;
}
