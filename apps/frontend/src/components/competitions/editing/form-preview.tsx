'use client';

import { CAPACITY_MAX } from '@mini-compete/shared/competitions';
import { markLegend, SeatGrid } from '@/components/seats/seat-grid';
import { count, formatInstant } from '@/lib/format';
import { useTimeZone } from '@/lib/time-zone';
import { type CompetitionValues, toBody } from './form-values';

/** Live preview of the public page. */
export function FormPreview({ values, seated = 0 }: { values: CompetitionValues; seated?: number }) {
  const zone = useTimeZone();
  const { capacity, regDeadline, startDate, location } = toBody(values);
  const isValidCapacity = capacity >= 1 && capacity <= CAPACITY_MAX;
  return (
    <aside aria-label="Preview" className="rounded-lg border border-line bg-raised p-6 lg:sticky lg:top-6">
      <p className="text-sm text-muted">How visitors see it</p>
      <p className="mt-3 font-heading text-xl leading-tight font-semibold tracking-tight">
        {values.title.trim() || 'Your title'}
      </p>
      <p className="mt-1 text-sm text-muted" suppressHydrationWarning>
        {startDate ? formatInstant(startDate, 'full', zone) : 'Date to be announced'}
        {location && <span className="block">{location}</span>}
      </p>
      {isValidCapacity && (
        <div className="mt-5">
          <SeatGrid capacity={capacity} seatsLeft={Math.max(0, capacity - seated)} size="panel" decorative />
          <p className="tabular mt-2 text-sm text-muted">
            {count(capacity, 'seat')}
            {markLegend(capacity, 'panel') && `. ${markLegend(capacity, 'panel')}`}
          </p>
        </div>
      )}
      <p className="mt-4 border-t border-line pt-4 text-sm" suppressHydrationWarning>
        {regDeadline
          ? `Registration closes ${formatInstant(regDeadline, 'full', zone)}`
          : 'Registration needs a closing time'}
      </p>
    </aside>
  );
}
