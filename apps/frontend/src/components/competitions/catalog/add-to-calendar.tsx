'use client';

import { CalendarPlus } from 'lucide-react';
import { type ComponentType, useEffect, useState } from 'react';
import { useTexts } from '#texts';
import { calendarFileUrl } from '@/lib/api/competitions';
import type { CalendarCompetition } from './calendar-links';
import type { CalendarMenuProps } from './calendar-menu';

type Props = {
  competition: CalendarCompetition;
  /** Where several are on a page: the title is part of the name that screen readers announce. */
  named?: boolean;
};

/**
 * The choice of a calendar. Until its code has arrived, which few visitors need, and without JavaScript, it is a link to
 * the calendar file.
 */
export function AddToCalendar({ competition, named = false }: Props) {
  const t = useTexts('common');
  const [Menu, setMenu] = useState<ComponentType<CalendarMenuProps> | null>(null);
  useEffect(() => {
    // When the connection is lost, it stays a link.
    import('./calendar-menu').then(
      ({ CalendarMenu }) => setMenu(() => CalendarMenu),
      () => undefined,
    );
  }, []);
  const look = {
    className: 'link inline-flex min-h-small-control items-center gap-1.5 text-start text-sm font-semibold',
    ...(named && { 'aria-label': t('calendar.addTitle', { title: competition.title }) }),
    children: (
      <>
        <CalendarPlus aria-hidden="true" className="size-4 shrink-0" />
        {t('calendar.add')}
      </>
    ),
  };
  return Menu ? (
    <Menu competition={competition} trigger={look} />
  ) : (
    <a href={calendarFileUrl(competition.id)} {...look} />
  );
}
