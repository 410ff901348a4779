'use client';

import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import { remember, ZONE_COOKIE } from './preferences';

const ServerZone = createContext('UTC');

const zoneHere = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
const never = () => () => undefined;

/** The reader's zone. From the second page on the server knows it too, and nothing changes on coming alive. */
export function useZone(): string {
  const server = useContext(ServerZone);
  return useSyncExternalStore(never, zoneHere, () => server);
}

export function ZoneProvider({ zone, children }: { zone: string; children: ReactNode }) {
  useEffect(() => {
    const here = zoneHere();
    if (here !== zone) remember(ZONE_COOKIE, here);
  }, [zone]);
  return <ServerZone value={zone}>{children}</ServerZone>;
}
