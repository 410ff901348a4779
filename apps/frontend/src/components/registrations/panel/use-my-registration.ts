'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import type { OwnRegistration } from '@mini-compete/shared/seats';
import { useEffect, useRef, useState } from 'react';
import { call } from '@/lib/api/client';
import { getCompetition } from '@/lib/api/competitions';
import type { Seats } from './use-live-seats';
import type { ActState } from './use-registration-request';

/** A crowd in line must not ask all at once when a seat moves. */
const SPREAD = 2500;
const SETTLES_EVERY = 4000;

/**
 * The reader's own place: as the page was read, then as the own act changed it, then asked for again
 * whenever the seats move while it is not settled (waiting in line, confirmation not yet written).
 */
export function useOwnRegistration(competition: Competition, act: ActState, seats: Seats) {
  const [own, setOwn] = useState<OwnRegistration | null>(competition.registration);
  const [promoted, setPromoted] = useState(false);
  const [read, setRead] = useState(competition);
  const [acted, setActed] = useState<ActState>(act);

  if (read !== competition) {
    setRead(competition);
    setOwn(competition.registration);
  }
  if (acted !== act) {
    setActed(act);
    if (act.phase === 'done') {
      setPromoted(false);
      setOwn(act.act === 'leave' ? null : { ...act.answer, position: act.answer.position ?? null });
    }
  }

  const { id } = competition;
  const status = own?.status;
  const before = useRef(status);
  useEffect(() => {
    if (before.current === 'WAITLISTED' && (status === 'PENDING' || status === 'CONFIRMED')) setPromoted(true);
    before.current = status;
  }, [status]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each move of the seats is a reason to ask
  useEffect(() => {
    if (status !== 'WAITLISTED' && status !== 'PENDING') return;
    const control = new AbortController();
    const ask = () =>
      getCompetition(call, id, control.signal).then(
        ({ registration }) => setOwn(registration),
        () => undefined, // The stream tells when the connection is lost; the next move asks again.
      );
    const first = setTimeout(ask, status === 'PENDING' ? 800 : Math.random() * SPREAD);
    const further = status === 'PENDING' ? setInterval(ask, SETTLES_EVERY) : undefined;
    return () => {
      control.abort();
      clearTimeout(first);
      clearInterval(further);
    };
  }, [id, status, seats.seatsLeft, seats.waiting, seats.status]);

  return { own, promoted };
}
