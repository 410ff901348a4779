'use client';

import { useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { NoShowDialog } from './no-show-dialog';
import { Section } from './section';

type Props = { competition: { id: string; startDate: string | null }; now: string };

/** After the start, seats of people who have not come can go to the waitlist. */
export function NoShows({ competition: { id, startDate }, now }: Props) {
  const t = useTexts('checkInDay');
  const { instant } = useFormats();
  const [isOpen, setOpen] = useState(false);
  const hasBegun = startDate !== null && startDate <= now;
  return (
    <Section title={t('noShows.title')}>
      <p className="mt-3 text-sm">{t('noShows.text')}</p>
      {hasBegun ? (
        <Button tone="caution" className="no-print mt-4" onClick={() => setOpen(true)}>
          {t('noShows.open')}
        </Button>
      ) : (
        <p className="mt-2 text-sm text-muted" suppressHydrationWarning>
          {startDate === null ? t('noShows.noDate') : t('noShows.notBegun', { when: instant(startDate, 'full') })}
        </p>
      )}
      {isOpen && <NoShowDialog competitionId={id} close={() => setOpen(false)} />}
    </Section>
  );
}
