'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { isSeated } from '@mini-compete/shared/registration-status';
import type { MyActiveRegistration } from '@mini-compete/shared/seats';
import { useEffect, useRef, useState } from 'react';
import { call } from '@/lib/api/client';
import { getCompetition } from '@/lib/api/competitions';
import { MAX_JITTER_MS, type Seats } from './use-live-seats';
import type { RequestState } from './use-registration-request';

const FIRST_POLL_MS = 800;
const POLL_INTERVAL_MS = 4000;

/**
 * The viewer's registration: first as loaded, then as changed by the viewer's request. While its status can change without a
 * request (on the waitlist, or before the confirmation is written), it is refetched whenever the seats change.
 */
export function useMyRegistration(competition: Competition, request: RequestState, seats: Seats) {
  const [registration, setRegistration] = useState<MyActiveRegistration | null>(competition.registration);
  const [promoted, setPromoted] = useState(false);
  const [appliedCompetition, setAppliedCompetition] = useState(competition);
  const [appliedRequest, setAppliedRequest] = useState<RequestState>(request);

  if (appliedCompetition !== competition) {
    setAppliedCompetition(competition);
    setRegistration(competition.registration);
  }
  if (appliedRequest !== request) {
    setAppliedRequest(request);
    if (request.phase === 'done') {
      setPromoted(false);
      setRegistration(
        request.operation === 'leave' ? null : { ...request.response, position: request.response.position ?? null },
      );
    }
  }

  const { id } = competition;
  const status = registration?.status;
  const previousStatus = useRef(status);
  useEffect(() => {
    if (previousStatus.current === 'WAITLISTED' && isSeated(status)) setPromoted(true);
    previousStatus.current = status;
  }, [status]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the seats triggers a refetch
  useEffect(() => {
    if (status !== 'WAITLISTED' && status !== 'PENDING') return;
    const control = new AbortController();
    const refetch = () =>
      getCompetition(call, id, control.signal).then(
        ({ registration }) => setRegistration(registration),
        () => undefined, // The event stream reports a lost connection, and the next change of the seats refetches.
      );
    const timer = setTimeout(refetch, status === 'PENDING' ? FIRST_POLL_MS : Math.random() * MAX_JITTER_MS);
    const interval = status === 'PENDING' ? setInterval(refetch, POLL_INTERVAL_MS) : undefined;
    return () => {
      control.abort();
      clearTimeout(timer);
      clearInterval(interval);
    };
  }, [id, status, seats.seatsLeft, seats.waiting, seats.status]);

  return { registration, promoted };
}
