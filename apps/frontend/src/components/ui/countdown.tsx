'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useFormats, useTexts } from '#texts';
import { useServerNow } from '@/lib/hooks/use-server-now';

/** Counts down to an instant by the server's clock and refetches the page when it is reached. */
export function Countdown({ to, serverTime, className }: { to: string; serverTime: string; className?: string }) {
  const t = useTexts('common');
  const { duration } = useFormats();
  const { now } = useServerNow(serverTime);
  const router = useRouter();
  const remaining = Date.parse(to) - now;
  const ended = remaining <= 0;
  const wasRunning = useRef(!ended);
  useEffect(() => {
    if (ended && wasRunning.current) {
      wasRunning.current = false;
      router.refresh();
    }
  }, [ended, router]);
  return (
    <span role="timer" className={className}>
      {ended ? t('now') : duration(remaining)}
    </span>
  );
}
