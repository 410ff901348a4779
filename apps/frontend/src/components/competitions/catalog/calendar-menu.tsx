'use client';

import { directionOf } from '@mini-compete/shared/languages';
import { Download, ExternalLink } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ComponentProps } from 'react';
import { useLanguage, useTexts } from '#texts';
import { calendarFileUrl } from '@/lib/api/competitions';
import { competitionPath } from '@/lib/paths';
import { type CalendarCompetition, calendarLinks } from './calendar-links';

export type CalendarMenuProps = {
  competition: CalendarCompetition;
  trigger: Pick<ComponentProps<'button'>, 'className' | 'children' | 'aria-label'>;
};

const ITEM =
  'flex min-h-11 cursor-pointer items-center gap-3 rounded-md px-3 text-sm font-semibold outline-none select-none data-highlighted:bg-sunken forced-colors:data-highlighted:outline-2 [&_svg]:size-4 [&_svg]:shrink-0';

/** Rendered in the browser only: the links carry the origin of the page. */
export function CalendarMenu({ competition, trigger }: CalendarMenuProps) {
  const t = useTexts('common');
  const language = useLanguage();
  const page = new URL(competitionPath(competition.id), window.location.origin).href;
  const { google, outlook } = calendarLinks(competition, page);
  const online = [
    ['calendar.google', google],
    ['calendar.outlook', outlook],
  ] as const;
  return (
    <DropdownMenu.Root dir={directionOf(language)} modal={false}>
      <DropdownMenu.Trigger {...trigger} />
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-40 min-w-56 animate-rise rounded-lg border border-line bg-raised p-2 shadow-float"
        >
          <DropdownMenu.Item asChild>
            <a href={calendarFileUrl(competition.id)} className={ITEM}>
              <Download aria-hidden="true" />
              {t('calendar.file')}
            </a>
          </DropdownMenu.Item>
          {online.map(([name, link]) => (
            <DropdownMenu.Item key={name} asChild>
              <a href={link} target="_blank" rel="noopener noreferrer" className={ITEM}>
                <ExternalLink aria-hidden="true" className="rtl:-scale-x-100" />
                {t(name)}
              </a>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
