'use client';

import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import { setPreferenceCookie, ZONE_COOKIE } from './preferences';

const ServerTimeZone = createContext('UTC');

const browserTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
const subscribeToNothing = () => () => undefined;

/** The user's time zone. The server knows it from a cookie after the first page, so hydration changes no time. */
export function useTimeZone(): string {
  const serverZone = useContext(ServerTimeZone);
  return useSyncExternalStore(subscribeToNothing, browserTimeZone, () => serverZone);
}

export function TimeZoneProvider({ zone, children }: { zone: string; children: ReactNode }) {
  useEffect(() => {
    const current = browserTimeZone();
    if (current !== zone) setPreferenceCookie(ZONE_COOKIE, current);
  }, [zone]);
  return <ServerTimeZone value={zone}>{children}</ServerTimeZone>;
}
