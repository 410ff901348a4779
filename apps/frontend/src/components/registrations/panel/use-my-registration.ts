'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { isSeated } from '@mini-compete/shared/registration-status';
import type { MyActiveRegistration, RegistrationEvent } from '@mini-compete/shared/seats';
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '@/lib/api/client';
import { getCompetition } from '@/lib/api/competitions';
import type { RequestState } from './use-registration-request';

const FIRST_POLL_MS = 800;
const POLL_INTERVAL_MS = 4000;
/** On the waitlist, while the event stream is lost or sends no positions, as from a server of the previous release. */
const WAITLIST_POLL_INTERVAL_MS = 15_000;

/**
 * The viewer's registration: first as loaded, then as changed by the viewer's request, then as the event stream says. It
 * is also refetched until the confirmation is written, which the event stream does not tell.
 */
export function useMyRegistration(competition: Competition, request: RequestState) {
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
  // Stays after the promotion: leaving the waitlist needs no new stream.
  const [waitlistedId, setWaitlistedId] = useState<string | null>(null);
  if (registration?.status === 'WAITLISTED' && registration.registrationId !== waitlistedId)
    setWaitlistedId(registration.registrationId);
  const previousStatus = useRef(status);
  useEffect(() => {
    if (previousStatus.current === 'WAITLISTED' && isSeated(status)) setPromoted(true);
    previousStatus.current = status;
  }, [status]);

  /** Whether the event stream has told of the registration since it was opened. */
  const isStreamed = useRef(false);
  const onConnect = useCallback(() => {
    isStreamed.current = false;
  }, []);
  const onRegistration = useCallback((event: RegistrationEvent) => {
    isStreamed.current = true;
    setRegistration((current) => {
      // An event may arrive after the response to a request that has ended this registration or made another one.
      if (current?.registrationId !== event.registrationId) return current;
      return event.status === 'CANCELLED' ? null : event;
    });
  }, []);

  // Without the seats among the dependencies: while they change all the time, each change would start the timers again,
  // and nothing would ever be fetched.
  useEffect(() => {
    if (status !== 'WAITLISTED' && status !== 'PENDING') return;
    const waitlisted = status === 'WAITLISTED';
    const control = new AbortController();
    const refetch = () => {
      if (waitlisted && isStreamed.current) return;
      getCompetition(call, id, control.signal).then(
        ({ registration }) => setRegistration(registration),
        () => undefined, // The event stream reports a lost connection, and the next interval refetches.
      );
    };
    const timer = waitlisted ? undefined : setTimeout(refetch, FIRST_POLL_MS);
    const interval = setInterval(refetch, waitlisted ? WAITLIST_POLL_INTERVAL_MS : POLL_INTERVAL_MS);
    return () => {
      control.abort();
      clearTimeout(timer);
      clearInterval(interval);
    };
  }, [id, status]);

  return { registration, promoted, stream: { waitlistedId, onConnect, onRegistration } };
}
