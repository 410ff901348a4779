'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * The server's clock in the browser, updated at each full second. The server time in a response is late by the network
 * delay and never early, so the largest offset of several responses is the most accurate.
 */
export function useServerNow(serverTime: string): { now: number; syncClock: (serverTime: string) => void } {
  const offset = useRef<number | null>(null);
  const [now, setNow] = useState(() => Date.parse(serverTime));

  const syncClock = useCallback((time: string) => {
    const measured = Date.parse(time) - Date.now();
    const known = offset.current;
    // More than a slow network explains: the clock of this device was changed.
    offset.current = known === null || measured > known || known - measured > 30_000 ? measured : known;
  }, []);

  useEffect(() => {
    syncClock(serverTime);
  }, [syncClock, serverTime]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const time = Date.now() + (offset.current ?? 0);
      setNow(time);
      timer = setTimeout(tick, 1000 - (time % 1000) + 5);
    };
    tick();
    return () => clearTimeout(timer);
  }, []);

  return { now, syncClock };
}
