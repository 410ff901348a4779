'use client';

import { type DateStyle, formatInstant } from '@/lib/format';
import { useTimeZone } from '@/lib/time-zone';

/** An instant in the user's time zone. */
export function LocalTime({ iso, style = 'full', className }: { iso: string; style?: DateStyle; className?: string }) {
  const zone = useTimeZone();
  return (
    // The server and the browser may have different short names for a time zone.
    <time dateTime={iso} className={className} suppressHydrationWarning>
      {formatInstant(iso, style, zone)}
    </time>
  );
}
