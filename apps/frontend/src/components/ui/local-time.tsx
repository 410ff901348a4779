'use client';

import { type DateStyle, formatInstant } from '@/lib/format';
import { useZone } from '@/lib/zone';

/** An instant in the reader's zone, the zone named; the exact one stays in `dateTime` for machines. */
export function LocalTime({ iso, style = 'full', className }: { iso: string; style?: DateStyle; className?: string }) {
  const zone = useZone();
  return (
    // The short name of a zone may differ between the server's tables and the browser's.
    <time dateTime={iso} className={className} suppressHydrationWarning>
      {formatInstant(iso, style, zone)}
    </time>
  );
}
