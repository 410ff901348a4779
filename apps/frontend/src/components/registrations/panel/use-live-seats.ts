'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import type { SeatsEvent } from '@mini-compete/shared/seats';
import { useEffect, useRef, useState } from 'react';
import { call } from '@/lib/api/client';
import { getCompetition } from '@/lib/api/competitions';
import { publicApiOrigin } from '@/lib/config';
import { backoff } from '@/lib/wait';

export type Seats = SeatsEvent & { arrived: number };
export type Connection = 'connecting' | 'live' | 'lost';

/**
 * The seats as they are now: told by the stream; while that is away, asked for between two attempts to
 * have it back, at growing distances.
 */
export function useLiveSeats(competition: Competition, learnTime: (serverTime: string) => void) {
  const { id } = competition;
  const [seats, setSeats] = useState<Seats>({
    seatsLeft: competition.seatsLeft,
    waiting: competition.waiting,
    status: competition.status,
    serverTime: competition.serverTime,
    arrived: 0,
  });
  const [connection, setConnection] = useState<Connection>('connecting');
  const [told, setTold] = useState(competition);
  if (told !== competition) {
    // The page was read anew: that is as late as anything the stream has said.
    setTold(competition);
    setSeats((before) => next(before, competition));
  }
  const learn = useRef(learnTime);
  learn.current = learnTime;

  useEffect(() => {
    const life = new AbortController();
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout>;
    let attempt = 0;

    const take = (state: SeatsEvent) => {
      learn.current(state.serverTime);
      setSeats((before) => next(before, state));
    };
    const heard = (event: MessageEvent<string>) => {
      take(JSON.parse(event.data) as SeatsEvent);
      attempt = 0;
      setConnection('live');
    };
    const open = () => {
      source?.close();
      source = new EventSource(`${publicApiOrigin}/api/competitions/${id}/events`, {
        withCredentials: publicApiOrigin !== '',
      });
      source.addEventListener('seats', heard);
      source.onerror = lost;
    };
    const lost = () => {
      source?.close();
      source = null;
      clearTimeout(timer);
      if (attempt > 0) setConnection('lost');
      timer = setTimeout(open, backoff(attempt++) * (attempt > 3 ? 2 : 1));
      getCompetition(call, id, life.signal).then(take, () => {
        // No answer either: the next attempt is planned already.
        if (!life.signal.aborted) setConnection('lost');
      });
    };
    const wake = () => {
      if (document.visibilityState === 'visible' && source === null) {
        clearTimeout(timer);
        open();
      }
    };
    // An open stream does not notice by itself that the network is gone.
    const offline = () => {
      setConnection('lost');
      lost();
    };
    open();
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('offline', offline);
    window.addEventListener('online', wake);
    return () => {
      life.abort();
      clearTimeout(timer);
      source?.close();
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('offline', offline);
      window.removeEventListener('online', wake);
    };
  }, [id]);

  return { seats, connection };
}

const next = (before: Seats, now: SeatsEvent): Seats => ({
  seatsLeft: now.seatsLeft,
  waiting: now.waiting,
  status: now.status,
  serverTime: now.serverTime,
  arrived: now.seatsLeft === before.seatsLeft ? before.arrived : Math.max(0, before.seatsLeft - now.seatsLeft),
});
