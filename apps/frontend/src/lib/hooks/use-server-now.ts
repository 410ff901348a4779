'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * The server's clock in the browser, moving once a second on the second. Each answer that names the
 * server's time arrives late by its way here, never early: of several, the latest clock is the truest.
 */
export function useServerNow(serverTime: string): { now: number; learn: (serverTime: string) => void } {
  const offset = useRef<number | null>(null);
  const [now, setNow] = useState(() => Date.parse(serverTime));

  const learn = useCallback((time: string) => {
    const heard = Date.parse(time) - Date.now();
    const known = offset.current;
    // A leap backwards beyond what a slow way explains: the clock of this device was set.
    offset.current = known === null || heard > known || known - heard > 30_000 ? heard : known;
  }, []);

  useEffect(() => {
    learn(serverTime);
  }, [learn, serverTime]);

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

  return { now, learn };
}
