'use client';

import { type ReactNode, useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** For what only the browser can know how to draw; until then, the frame of it. */
export function InBrowser({ fallback, children }: { fallback: ReactNode; children: () => ReactNode }) {
  const here = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return here ? children() : fallback;
}
