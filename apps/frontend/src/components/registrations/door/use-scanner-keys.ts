'use client';

import { useEffect, useEffectEvent } from 'react';
import { ScannerKeys } from './scanner-keys';

/** Takes tickets of hand scanners, whatever has the focus. */
export function useScannerKeys(onTicket: (text: string) => void): void {
  const report = useEffectEvent(onTicket);
  useEffect(() => {
    const keys = new ScannerKeys();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const ticket = keys.press(event.key);
      if (ticket === null) return;
      // Otherwise Enter would press the button that has the focus, and Tab would move on from it.
      event.preventDefault();
      event.stopPropagation();
      report(ticket);
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}
