'use client';

import { useFormats } from '#texts';
import type { DateStyle } from '@/lib/i18n/formats';

/** An instant in the user's time zone. */
export function LocalTime({ iso, style = 'full', className }: { iso: string; style?: DateStyle; className?: string }) {
  const { instant } = useFormats();
  return (
    // The server and the browser may have different locale data, such as names of time zones.
    <time dateTime={iso} className={className} suppressHydrationWarning>
      {instant(iso, style)}
    </time>
  );
}

/** The end of something that begins at `start`, in the user's time zone. */
export function LocalEnd({ start, iso }: { start: string; iso: string }) {
  const { end } = useFormats();
  return (
    <time dateTime={iso} suppressHydrationWarning>
      {end(start, iso)}
    </time>
  );
}
