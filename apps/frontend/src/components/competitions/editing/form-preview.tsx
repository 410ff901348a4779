'use client';

import { CAPACITY_MAX } from '@mini-compete/shared/competitions';
import { legendOf, SeatField } from '@/components/seats/seat-field';
import { count, formatInstant } from '@/lib/format';
import { useZone } from '@/lib/zone';
import { type CompetitionValues, toBody } from './form-values';

/** What the visitor will see, while it is being typed. */
export function FormPreview({ values, seated = 0 }: { values: CompetitionValues; seated?: number }) {
  const zone = useZone();
  const { capacity, regDeadline, startDate, location } = toBody(values);
  const isSize = capacity >= 1 && capacity <= CAPACITY_MAX;
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
      {isSize && (
        <div className="mt-5">
          <SeatField capacity={capacity} seatsLeft={Math.max(0, capacity - seated)} size="field" decorative />
          <p className="tabular mt-2 text-sm text-muted">
            {count(capacity, 'seat')}
            {legendOf(capacity, 'field') && `. ${legendOf(capacity, 'field')}`}
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
