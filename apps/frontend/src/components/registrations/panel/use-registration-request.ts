'use client';

import type { Redeemed } from '@mini-compete/shared/invitations';
import type { Confirmed, Left, Registered } from '@mini-compete/shared/registrations';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '@/lib/api/client';
import { redeemInvitation } from '@/lib/api/invitations';
import { type ApiError, isApiError, isRetryable } from '@/lib/api/problem';
import { confirmSeat, leave, register } from '@/lib/api/registrations';
import {
  createAttempt,
  findAttempt,
  type GivenBody,
  type RegistrationAttempt,
  type RegistrationOperation,
  removeAttempt,
} from '@/lib/registration-attempt';
import { backoffMs, waitForRetry } from '@/lib/retry';

export type RequestState =
  | { phase: 'idle' }
  | { phase: 'working'; operation: RegistrationOperation }
  /** The outcome is unknown; the same request is sent again with the same key. */
  | { phase: 'retrying'; operation: RegistrationOperation; attempt: number; error: ApiError }
  | { phase: 'refused'; operation: RegistrationOperation; error: ApiError }
  | { phase: 'done'; operation: 'register' | 'join'; response: Registered }
  | { phase: 'done'; operation: 'confirm'; response: Confirmed }
  | { phase: 'done'; operation: 'redeem'; response: Redeemed }
  | { phase: 'done'; operation: 'leave'; response: Left };

/** Retries after INTERNAL, which is usually permanent. Retryable errors are retried without a limit. */
const MAX_INTERNAL_RETRIES = 3;

async function sendRequest(
  competitionId: string,
  { operation, key, given }: RegistrationAttempt,
): Promise<RequestState> {
  switch (operation) {
    case 'leave':
      return { phase: 'done', operation, response: await leave(call, competitionId, key) };
    case 'confirm':
      return { phase: 'done', operation, response: await confirmSeat(call, competitionId, key) };
    case 'redeem': {
      const { invitationToken = '', ...answers } = given ?? {};
      return { phase: 'done', operation, response: await redeemInvitation(call, invitationToken, answers, key) };
    }
    default: {
      const body = { joinWaitlist: operation === 'join', ...given };
      return { phase: 'done', operation, response: await register(call, competitionId, key, body) };
    }
  }
}

/** Sends a registration attempt and retries it with its idempotency key until there is a final response. */
export function useRegistrationRequest(competitionId: string, userId: string | null) {
  const [request, setRequest] = useState<RequestState>({ phase: 'idle' });
  const running = useRef<AbortController | null>(null);
  const latest = useRef<RegistrationAttempt | null>(null);

  const send = useCallback(
    async (current: RegistrationAttempt) => {
      if (running.current) return;
      const { operation } = current;
      latest.current = current;
      const control = new AbortController();
      running.current = control;
      setRequest({ phase: 'working', operation });
      for (let attempt = 0; ; attempt++) {
        try {
          const done = await sendRequest(competitionId, current);
          removeAttempt(competitionId);
          if (!control.signal.aborted) setRequest(done);
          break;
        } catch (error) {
          if (control.signal.aborted) return;
          if (!isApiError(error)) throw error;
          const retry = isRetryable(error) || (error.code === 'INTERNAL' && attempt < MAX_INTERNAL_RETRIES);
          if (!retry) {
            // Kept for the press to count once the address is verified, also after a reload.
            if (error.code !== 'EMAIL_NOT_VERIFIED') removeAttempt(competitionId);
            setRequest({ phase: 'refused', operation, error });
            break;
          }
          setRequest({ phase: 'retrying', operation, attempt: attempt + 1, error });
          const delayMs =
            error.retryAfterSeconds === null
              ? backoffMs(attempt)
              : error.retryAfterSeconds * 1000 * (1 + Math.random() * 0.2);
          try {
            await waitForRetry(delayMs, control.signal);
          } catch {
            return; // Unmounted: the next page continues the stored attempt.
          }
        }
      }
      running.current = null;
    },
    [competitionId],
  );

  const start = useCallback(
    (operation: RegistrationOperation, key?: string, given?: GivenBody) => {
      if (userId === null || running.current) return;
      send(createAttempt(competitionId, operation, userId, key, given)).catch(console.error);
    },
    [send, competitionId, userId],
  );

  /** Sends the refused attempt again, with its key. */
  const resume = useCallback(() => {
    if (latest.current) send(latest.current).catch(console.error);
  }, [send]);

  // After a reload before the final response: continue the stored attempt.
  useEffect(() => {
    const unfinished = userId === null ? null : findAttempt(competitionId, userId);
    if (unfinished) send(unfinished).catch(console.error);
    return () => {
      running.current?.abort();
      running.current = null;
    };
  }, [send, competitionId, userId]);

  const reset = useCallback(
    () =>
      setRequest((current) =>
        current.phase === 'working' || current.phase === 'retrying' ? current : { phase: 'idle' },
      ),
    [],
  );
  const cancel = useCallback(() => {
    removeAttempt(competitionId);
    reset();
  }, [competitionId, reset]);
  return { request, start, reset, resume, cancel };
}
