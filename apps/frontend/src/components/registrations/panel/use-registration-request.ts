'use client';

import type { Left, Registered } from '@mini-compete/shared/registrations';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '@/lib/api/client';
import { type ApiError, isApiError, isUnclear } from '@/lib/api/problem';
import { leave, register } from '@/lib/api/registrations';
import {
  findIntention,
  type Intention,
  makeIntention,
  type RegistrationAct,
  settleIntention,
} from '@/lib/registration-attempt';
import { backoff, waitToRetry } from '@/lib/wait';

/** To take a seat, to take a seat or else a place in line, to give either back. */

export type ActState =
  | { phase: 'idle' }
  | { phase: 'working'; act: RegistrationAct }
  /** No clear answer yet; the same request goes out again, with the same key. */
  | { phase: 'retrying'; act: RegistrationAct; attempt: number; error: ApiError }
  | { phase: 'refused'; act: RegistrationAct; error: ApiError }
  | { phase: 'done'; act: 'register' | 'join'; answer: Registered }
  | { phase: 'done'; act: 'leave'; answer: Left };

/** Something failed that should not: three more tries with the same key, then it is said. */
const TRIES_AT_INTERNAL = 3;

/** Carries one intention to its final answer, whatever the connection does. */
export function useRegistrationAct(competitionId: string, userId: string | null) {
  const [state, setState] = useState<ActState>({ phase: 'idle' });
  const running = useRef<AbortController | null>(null);

  const carry = useCallback(
    async (intention: Intention) => {
      if (running.current) return;
      const control = new AbortController();
      running.current = control;
      const { act, key } = intention;
      setState({ phase: 'working', act });
      for (let attempt = 0; ; attempt++) {
        try {
          const done: ActState =
            act === 'leave'
              ? { phase: 'done', act, answer: await leave(call, competitionId, key) }
              : { phase: 'done', act, answer: await register(call, competitionId, key, act === 'join') };
          settleIntention(competitionId);
          if (!control.signal.aborted) setState(done);
          break;
        } catch (error) {
          if (control.signal.aborted) return;
          if (!isApiError(error)) throw error;
          const unclear = isUnclear(error) || (error.code === 'INTERNAL' && attempt < TRIES_AT_INTERNAL);
          if (!unclear) {
            settleIntention(competitionId);
            setState({ phase: 'refused', act, error });
            break;
          }
          setState({ phase: 'retrying', act, attempt: attempt + 1, error });
          const pause =
            error.retryAfterSeconds === null
              ? backoff(attempt)
              : error.retryAfterSeconds * 1000 * (1 + Math.random() * 0.2);
          try {
            await waitToRetry(pause, control.signal);
          } catch {
            return;
          }
        }
      }
      running.current = null;
    },
    [competitionId],
  );

  const start = useCallback(
    (act: RegistrationAct) => {
      if (userId === null || running.current) return;
      void carry(makeIntention(competitionId, act, userId));
    },
    [carry, competitionId, userId],
  );

  // The page was reloaded before there was an answer: the press still counts, and is asked about again.
  useEffect(() => {
    const unfinished = userId === null ? null : findIntention(competitionId, userId);
    if (unfinished) void carry(unfinished);
    return () => {
      running.current?.abort();
      running.current = null;
    };
  }, [carry, competitionId, userId]);

  const reset = useCallback(
    () =>
      setState((present) =>
        present.phase === 'working' || present.phase === 'retrying' ? present : { phase: 'idle' },
      ),
    [],
  );
  return { state, start, reset };
}
