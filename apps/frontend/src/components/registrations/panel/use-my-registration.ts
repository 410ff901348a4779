'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { isSeated, isUnsettled } from '@mini-compete/shared/registration-status';
import type { MyActiveRegistration, RegistrationEvent } from '@mini-compete/shared/seats';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Standing, standingOf } from '@/components/registrations/mine/standing';
import { call } from '@/lib/api/client';
import { getCompetition } from '@/lib/api/competitions';
import type { RequestState } from './use-registration-request';

const FIRST_POLL_MS = 800;
const POLL_INTERVAL_MS = 4000;
/**
 * While the event stream is lost or does not follow the registration, as from a server of the previous release, or when it
 * ended before the server has looked at it.
 */
const UNSETTLED_FIRST_POLL_MS = 3_000;
const UNSETTLED_POLL_INTERVAL_MS = 15_000;
/** Random delay before a refetch: many registrations may end at the same moment. */
const MAX_JITTER_MS = 1_500;

/**
 * The viewer's registration: first as loaded, then as changed by the viewer's request, then as the event stream says. It
 * is also refetched until the confirmation is written, which the event stream does not tell.
 */
export function useMyRegistration(competition: Competition, request: RequestState) {
  const [registration, setRegistration] = useState<MyActiveRegistration | null>(competition.registration);
  const [promoted, setPromoted] = useState(false);
  /** What the viewer had before leaving. */
  const [leftStanding, setLeftStanding] = useState<Standing>('seat');
  const router = useRouter();
  const [appliedCompetition, setAppliedCompetition] = useState(competition);
  const [appliedRequest, setAppliedRequest] = useState<RequestState>(request);

  /** A page that contradicts the last response may have been read before it. The one after that was not. */
  const [isPageDoubted, setPageDoubted] = useState(false);
  const [rereads, setRereads] = useState(0);
  useEffect(() => {
    if (rereads > 0) router.refresh();
  }, [rereads, router]);

  if (appliedCompetition !== competition) {
    setAppliedCompetition(competition);
    setPageDoubted(false);
    if (isPageDoubted && !isSameStanding(competition.registration, registration)) setRereads(rereads + 1);
    else setRegistration(competition.registration);
  }
  if (appliedRequest !== request) {
    setAppliedRequest(request);
    // Not when it is done: the event stream may tell of the end before the response arrives.
    if (request.phase === 'working' && request.operation === 'leave' && registration !== null)
      setLeftStanding(standingOf(registration.status));
    if (request.phase === 'done') {
      setPromoted(false);
      setPageDoubted(true);
      setRegistration(registrationAfter(request, registration));
    }
  }

  const { id } = competition;
  const status = registration?.status;
  // Stays when the registration is settled: that needs no new stream.
  const [followedId, setFollowedId] = useState<string | null>(null);
  if (registration !== null && isUnsettled(registration.status) && registration.registrationId !== followedId)
    setFollowedId(registration.registrationId);
  const previousStatus = useRef(status);
  useEffect(() => {
    if (previousStatus.current === 'WAITLISTED' && isSeated(status)) setPromoted(true);
    previousStatus.current = status;
  }, [status]);

  /** Registrations that were shown here: an event about one that has ended may arrive late. */
  const shown = useRef(new Set<string>());
  if (registration !== null) shown.current.add(registration.registrationId);

  /** Whether the event stream has told of the registration since it was opened. */
  const isStreamed = useRef(false);
  const onConnect = useCallback(() => {
    isStreamed.current = false;
  }, []);
  const onRegistration = useCallback(
    (event: RegistrationEvent) => {
      isStreamed.current = true;
      // Nobody has asked for it here: the captain has registered the team, whose numbers the page has to load.
      const isNew = event.status !== 'CANCELLED' && !shown.current.has(event.registrationId);
      // The page says how it ended.
      if (isNew || event.status === 'CANCELLED') setTimeout(() => router.refresh(), Math.random() * MAX_JITTER_MS);
      setRegistration((current) => {
        if (current === null && isNew) return event;
        // An event may arrive after the response to a request that has ended this registration or made another one.
        if (current?.registrationId !== event.registrationId) return current;
        return event.status === 'CANCELLED' ? null : event;
      });
    },
    [router],
  );

  // Without the seats among the dependencies: while they change all the time, each change would start the timers again,
  // and nothing would ever be fetched.
  useEffect(() => {
    const unsettled = isUnsettled(status);
    if (!unsettled && status !== 'PENDING') return;
    const control = new AbortController();
    const refetch = () => {
      if (unsettled && isStreamed.current) return;
      getCompetition(call, id, control.signal).then(
        ({ registration }) => {
          // The page says how it ended.
          if (registration === null) router.refresh();
          setRegistration(registration);
        },
        () => undefined, // The event stream reports a lost connection, and the next interval refetches.
      );
    };
    const timer = setTimeout(refetch, unsettled ? UNSETTLED_FIRST_POLL_MS : FIRST_POLL_MS);
    const interval = setInterval(refetch, unsettled ? UNSETTLED_POLL_INTERVAL_MS : POLL_INTERVAL_MS);
    return () => {
      control.abort();
      clearTimeout(timer);
      clearInterval(interval);
    };
  }, [id, status, router]);

  return { registration, promoted, leftStanding, stream: { followedId, onConnect, onRegistration } };
}

const isSameStanding = (one: MyActiveRegistration | null, other: MyActiveRegistration | null): boolean =>
  one?.registrationId === other?.registrationId &&
  (!one || !other || standingOf(one.status) === standingOf(other.status));

type Done = Extract<RequestState, { phase: 'done' }>;

function registrationAfter(request: Done, before: MyActiveRegistration | null): MyActiveRegistration | null {
  switch (request.operation) {
    case 'leave':
      return null;
    case 'confirm':
      return before && { ...before, ...request.response, heldUntil: null };
    case 'redeem': {
      const { registrationId, status } = request.response;
      // By the clock of the viewer until the registration is read again, in less than a second.
      const registeredAt = before?.registeredAt ?? new Date().toISOString();
      return { registrationId, status, registeredAt, position: null };
    }
    default:
      return { ...request.response, position: request.response.position ?? null };
  }
}
