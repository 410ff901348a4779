'use client';

import { CAPACITY_MAX } from '@mini-compete/shared/competitions';
import { ChevronDown } from 'lucide-react';
import { useFormats, useTexts } from '#texts';
import { SeatGrid } from '@/components/seats/seat-grid';
import { type CompetitionValues, toBody } from './form-values';

/** How visitors will see the competition, while it is being written. */
export function FormPreview({ values }: { values: CompetitionValues }) {
  const t = useTexts('editing');
  const common = useTexts('common');
  const { instant, teamSize } = useFormats();
  const { capacity, regDeadline, startDate, location, teamMin, teamMax } = toBody(values);
  const isValidCapacity = capacity >= 1 && capacity <= CAPACITY_MAX;
  const start = startDate && instant(startDate, 'full');
  const deadline = instant(regDeadline, 'full');
  return (
    <details open className="group rounded-lg border border-line bg-raised lg:sticky lg:top-6">
      <summary className="flex min-h-11 list-none items-center justify-between gap-4 rounded-lg px-6 py-3 text-sm font-semibold">
        {t('preview.title')}
        <ChevronDown
          aria-hidden="true"
          className="size-4 shrink-0 text-muted transition-transform group-open:rotate-180"
        />
      </summary>
      <div className="border-t border-line px-6 pt-5 pb-6">
        <p className="font-heading text-xl leading-tight font-semibold tracking-tight">
          <bdi>{values.title.trim() || t('preview.noTitle')}</bdi>
        </p>
        <p className="mt-2 text-sm text-muted" suppressHydrationWarning>
          {start || t('preview.noDate')}
          {location && (
            <span className="block">
              <bdi>{location}</bdi>
            </span>
          )}
        </p>
        {teamMin && teamMax && teamMin <= teamMax ? (
          <p className="mt-2 text-sm text-muted">{teamSize(teamMin, teamMax)}</p>
        ) : null}
        {isValidCapacity && (
          <div className="mt-5">
            <SeatGrid capacity={capacity} seatsLeft={capacity} size="panel" />
            <p className="tabular mt-3 text-sm text-muted">{common('seats', { count: capacity })}</p>
          </div>
        )}
        <p className="mt-4 border-t border-line pt-4 text-sm" suppressHydrationWarning>
          {deadline ? t('preview.closes', { when: deadline }) : t('preview.noDeadline')}
        </p>
      </div>
    </details>
  );
}
