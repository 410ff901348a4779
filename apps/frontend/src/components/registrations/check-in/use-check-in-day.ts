'use client';

import type { CheckInDay, CheckInNumbers } from '@mini-compete/shared/check-ins';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { checkInEventsUrl, getCheckInDay } from '@/lib/api/check-in';
import { call } from '@/lib/api/client';
import { isApiError } from '@/lib/api/problem';
import { publicApiOrigin } from '@/lib/config';
import { backoffMs } from '@/lib/retry';

/** The server sends a heartbeat each 10 s. A longer silence means that it hangs, or that the network is gone. */
const MAX_SILENCE_MS = 25_000;
/** The lists are read again at most this often: at a busy entrance the numbers change every second. */
const LIST_INTERVAL_MS = 2_000;

interface LiveDay {
  readonly day: CheckInDay;
  readonly isLost: boolean;
  /** Reads the lists again, after an action of this page. */
  readonly refetch: () => void;
}

/** The numbers from the event stream, and with each change of them the lists. */
export function useCheckInDay(competitionId: string, initial: CheckInDay): LiveDay {
  const router = useRouter();
  const [day, setDay] = useState(initial);
  const [isLost, setLost] = useState(false);
  const refetch = useRef(() => {});
  useEffect(() => {
    const unmounted = new AbortController();
    let source: EventSource | null = null;
    let [attempt, readAt] = [0, Date.now()];
    let reconnect: ReturnType<typeof setTimeout>;
    let watchdog: ReturnType<typeof setTimeout>;
    let listTimer: ReturnType<typeof setTimeout> | undefined;

    const readLists = async () => {
      listTimer = undefined;
      readAt = Date.now();
      try {
        setDay(await getCheckInDay(call, competitionId, unmounted.signal));
        setLost(false);
      } catch (error) {
        if (unmounted.signal.aborted) return;
        // The role has ended, or the session: the page says it.
        if (isApiError(error, 'FORBIDDEN', 'COMPETITION_NOT_FOUND', 'SESSION_ENDED', 'UNAUTHENTICATED'))
          router.refresh();
        setLost(true);
      }
    };
    const readListsSoon = () => {
      listTimer ??= setTimeout(readLists, Math.max(0, readAt + LIST_INTERVAL_MS - Date.now()));
    };
    const watch = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(reconnectLater, MAX_SILENCE_MS);
    };
    const onNumbers = ({ data }: MessageEvent<string>) => {
      const numbers = JSON.parse(data) as CheckInNumbers;
      watch();
      attempt = 0;
      setLost(false);
      setDay((current) => ({ ...current, numbers }));
      readListsSoon();
    };
    const connect = () => {
      source?.close();
      source = new EventSource(checkInEventsUrl(competitionId), { withCredentials: publicApiOrigin !== '' });
      source.addEventListener('numbers', onNumbers);
      source.addEventListener('heartbeat', watch);
      source.onerror = reconnectLater;
      watch();
    };
    const reconnectLater = () => {
      source?.close();
      source = null;
      clearTimeout(watchdog);
      clearTimeout(reconnect);
      if (attempt > 0) setLost(true);
      reconnect = setTimeout(connect, backoffMs(attempt++));
      readListsSoon();
    };
    refetch.current = () => void readLists();
    connect();
    window.addEventListener('online', connect);
    window.addEventListener('offline', reconnectLater);
    return () => {
      unmounted.abort();
      source?.close();
      for (const timer of [reconnect, watchdog, listTimer]) clearTimeout(timer);
      window.removeEventListener('online', connect);
      window.removeEventListener('offline', reconnectLater);
    };
  }, [competitionId, router]);
  return { day, isLost, refetch: () => refetch.current() };
}
