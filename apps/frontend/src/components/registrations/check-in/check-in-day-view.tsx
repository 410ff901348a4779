'use client';

import type { CheckInDay } from '@mini-compete/shared/check-ins';
import { ScanLine } from 'lucide-react';
import { useTexts } from '#texts';
import { ButtonLink, buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { doorPath } from '@/lib/paths';
import { DoorList } from './door-list';
import { Headcount } from './headcount';
import { LatestScans } from './latest-scans';
import { MinuteChart } from './minute-chart';
import { NoShows } from './no-shows';
import { Problems } from './problems';
import { useCheckInDay } from './use-check-in-day';

type Props = { competition: { id: string; startDate: string | null }; initial: CheckInDay };

/** The day of a competition, for organizers who walk around with a phone: large figures first, then what needs a look. */
export function CheckInDayView({ competition, initial }: Props) {
  const t = useTexts('checkInDay');
  const { id } = competition;
  const { day, isLost, refetch } = useCheckInDay(id, initial);
  const { numbers, latest, problems, toDecide } = day;
  return (
    <div className="mt-6">
      <div aria-live="polite">
        {isLost && (
          <Notice tone="warning" className="mb-6">
            {t('lost')}
          </Notice>
        )}
      </div>
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] lg:grid-rows-[auto_1fr]">
        <div className="flex min-w-0 flex-col gap-8">
          <Headcount numbers={numbers} />
          <div className="no-print flex flex-wrap gap-3">
            <a href={doorPath(id)} className={buttonClass({ tone: 'primary' }, 'max-sm:w-full')}>
              <ScanLine aria-hidden="true" className="size-5" />
              {t('openDoor')}
            </a>
            <ButtonLink href={`/organize/${id}/check-in`} className="max-sm:w-full">
              {t('printList')}
            </ButtonLink>
          </div>
          <Problems
            competitionId={id}
            problems={problems}
            toDecide={toDecide}
            total={numbers.problems}
            changed={refetch}
          />
        </div>
        <div className="flex min-w-0 flex-col gap-8 lg:row-span-2">
          <MinuteChart perMinute={numbers.perMinute} serverTime={numbers.serverTime} />
          <DoorList doors={numbers.doors} />
          <NoShows competition={competition} now={numbers.serverTime} />
        </div>
        <div className="min-w-0">
          <LatestScans competitionId={id} scans={latest} changed={refetch} />
        </div>
      </div>
    </div>
  );
}
