'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import type { SeatsEvent } from '@mini-compete/shared/seats';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { statusAt } from '@/components/competitions/catalog/status';
import { call } from '@/lib/api/client';
import { getCompetition } from '@/lib/api/competitions';
import { publicApiOrigin } from '@/lib/config';
import { backoffMs } from '@/lib/retry';

/** `newlyTaken` is the number of seats taken by the last change. */
export type Seats = SeatsEvent & { version: number; newlyTaken: number };
export type Connection = 'connecting' | 'live' | 'lost';

/** Random delay before a refetch, so that all viewers of a competition do not send one at the same moment. */
export const MAX_JITTER_MS = 2500;

/** The current seats from the event stream. While the stream is down, it polls before each reconnect, with back-off. */
export function useLiveSeats(competition: Competition, syncClock: (serverTime: string) => void) {
  const { id } = competition;
  const [seats, setSeats] = useState<Seats>({
    seatsLeft: competition.seatsLeft,
    waiting: competition.waiting,
    status: competition.status,
    serverTime: competition.serverTime,
    version: competition.version,
    newlyTaken: 0,
  });
  const [connection, setConnection] = useState<Connection>('connecting');
  const [applied, setApplied] = useState(competition);
  if (applied !== competition) {
    // The page was refetched: its seats are at least as recent as the last event.
    setApplied(competition);
    setSeats((previous) => nextSeats(previous, competition));
  }
  // A ref, so that a new callback does not reconnect the stream.
  const sync = useRef(syncClock);
  sync.current = syncClock;

  useEffect(() => {
    const unmounted = new AbortController();
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout>;
    let attempt = 0;

    const apply = (event: SeatsEvent) => {
      sync.current(event.serverTime);
      setSeats((previous) => nextSeats(previous, event));
    };
    const onSeats = (event: MessageEvent<string>) => {
      apply(JSON.parse(event.data) as SeatsEvent);
      attempt = 0;
      setConnection('live');
    };
    const connect = () => {
      source?.close();
      source = new EventSource(`${publicApiOrigin}/api/competitions/${id}/events`, {
        withCredentials: publicApiOrigin !== '',
      });
      source.addEventListener('seats', onSeats);
      source.onerror = reconnectLater;
    };
    const reconnectLater = () => {
      source?.close();
      source = null;
      clearTimeout(timer);
      if (attempt > 0) setConnection('lost');
      timer = setTimeout(connect, backoffMs(attempt++) * (attempt > 3 ? 2 : 1));
      getCompetition(call, id, unmounted.signal).then(apply, () => {
        // Reconnecting is scheduled already.
        if (!unmounted.signal.aborted) setConnection('lost');
      });
    };
    const reconnectNow = () => {
      if (document.visibilityState === 'visible' && source === null) {
        clearTimeout(timer);
        connect();
      }
    };
    // An open EventSource does not report that the network is gone.
    const onOffline = () => {
      setConnection('lost');
      reconnectLater();
    };
    connect();
    document.addEventListener('visibilitychange', reconnectNow);
    window.addEventListener('offline', onOffline);
    window.addEventListener('online', reconnectNow);
    return () => {
      unmounted.abort();
      clearTimeout(timer);
      source?.close();
      document.removeEventListener('visibilitychange', reconnectNow);
      window.removeEventListener('offline', onOffline);
      window.removeEventListener('online', reconnectNow);
    };
  }, [id]);

  return { seats, connection };
}

const nextSeats = (previous: Seats, { seatsLeft, waiting, status, serverTime, version = 0 }: SeatsEvent): Seats => ({
  seatsLeft,
  waiting,
  status,
  serverTime,
  // The highest one: a refetched page may come from a cache and be older than the last event.
  version: Math.max(version, previous.version),
  newlyTaken: seatsLeft === previous.seatsLeft ? previous.newlyTaken : Math.max(0, previous.seatsLeft - seatsLeft),
});

/**
 * Events contain neither dates, texts nor the capacity. If an event contradicts the loaded competition or has a higher
 * version, the organizer has edited it, and the page is refetched.
 */
export function useRefetchWhenStale(loaded: Competition, seats: Seats): void {
  const router = useRouter();
  const { status, seatsLeft, serverTime, version } = seats;
  const isCurrent =
    version <= loaded.version &&
    seatsLeft <= loaded.capacity &&
    status === statusAt({ ...loaded, status, seatsLeft }, Date.parse(serverTime));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that is still old after a refetch is refetched again
  useEffect(() => {
    if (isCurrent) return;
    const timer = setTimeout(() => router.refresh(), Math.random() * MAX_JITTER_MS);
    return () => clearTimeout(timer);
  }, [isCurrent, loaded, router]);
}
