'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import type { RegistrationEvent, SeatsEvent } from '@mini-compete/shared/seats';
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
const MAX_JITTER_MS = 2500;

/** The server sends a heartbeat each 15 s. A longer silence means that it hangs, or that the network is gone. */
const MAX_SILENCE_MS = 35_000;

interface LiveOptions {
  readonly syncClock: (serverTime: string) => void;
  /** The registration to follow. The server looks for it when the stream begins, so a new one needs a new stream. */
  readonly followedId: string | null;
  readonly onConnect: () => void;
  readonly onRegistration: (event: RegistrationEvent) => void;
}

/**
 * The current seats from the event stream, which also has the position on the waitlist. While the stream is down, it
 * polls before each reconnect, with back-off.
 */
export function useLiveSeats(competition: Competition, { followedId, ...callbacks }: LiveOptions) {
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
  const latest = useRef(callbacks);
  latest.current = callbacks;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new registration to follow needs a new stream
  useEffect(() => {
    const unmounted = new AbortController();
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout>;
    let watchdog: ReturnType<typeof setTimeout>;
    let attempt = 0;

    const watch = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(onSilence, MAX_SILENCE_MS);
    };
    const apply = (event: SeatsEvent) => {
      latest.current.syncClock(event.serverTime);
      setSeats((previous) => nextSeats(previous, event));
    };
    const onSeats = (event: MessageEvent<string>) => {
      watch();
      apply(JSON.parse(event.data) as SeatsEvent);
      attempt = 0;
      setConnection('live');
    };
    const onRegistration = (event: MessageEvent<string>) =>
      latest.current.onRegistration(JSON.parse(event.data) as RegistrationEvent);
    const connect = () => {
      source?.close();
      latest.current.onConnect();
      source = new EventSource(`${publicApiOrigin}/api/competitions/${id}/events`, {
        withCredentials: publicApiOrigin !== '',
      });
      source.addEventListener('seats', onSeats);
      source.addEventListener('registration', onRegistration);
      source.addEventListener('heartbeat', watch);
      source.onerror = reconnectLater;
      watch();
    };
    const reconnectLater = () => {
      source?.close();
      source = null;
      clearTimeout(timer);
      clearTimeout(watchdog);
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
    // An open EventSource reports neither that the network is gone nor that the server hangs.
    const onSilence = () => {
      setConnection('lost');
      reconnectLater();
    };
    connect();
    document.addEventListener('visibilitychange', reconnectNow);
    window.addEventListener('offline', onSilence);
    window.addEventListener('online', reconnectNow);
    return () => {
      unmounted.abort();
      clearTimeout(timer);
      clearTimeout(watchdog);
      source?.close();
      document.removeEventListener('visibilitychange', reconnectNow);
      window.removeEventListener('offline', onSilence);
      window.removeEventListener('online', reconnectNow);
    };
  }, [id, followedId]);

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
  const { status, seatsLeft, waiting, serverTime, version } = seats;
  const isCurrent =
    version <= loaded.version &&
    seatsLeft <= loaded.capacity &&
    status === statusAt({ ...loaded, status, seatsLeft, waiting }, Date.parse(serverTime));
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that is still old after a refetch is refetched again
  useEffect(() => {
    if (isCurrent) return;
    const timer = setTimeout(() => router.refresh(), Math.random() * MAX_JITTER_MS);
    return () => clearTimeout(timer);
  }, [isCurrent, loaded, router]);
}
