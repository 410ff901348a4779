import type { MyCompetition } from '@mini-compete/shared/competitions';
import Link from 'next/link';
import { useFormats, useTexts } from '#texts';
import { CompetitionStatusLabel, RegistrationTiming } from '@/components/competitions/catalog/competition-status';
import { CoverImage } from '@/components/competitions/catalog/cover-image';
import { VisibilityLabel } from '@/components/competitions/catalog/visibility-label';
import { SeatGrid } from '@/components/seats/seat-grid';
import { Tag } from '@/components/ui/chip';
import { Sparkline } from './sparkline';

/** A row of the organizer's list: numbers first, then the seats, then the days. */
export function MyCompetitionCard({ competition, now }: { competition: MyCompetition; now: string }) {
  const t = useTexts('organizing');
  const common = useTexts('common');
  const { id, title, status, visibility, capacity, seatsLeft, waiting, ended, recent, cover, staffRole } = competition;
  return (
    <li className="group relative grid items-center gap-x-10 gap-y-4 border-b border-line py-6 lg:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)_8rem]">
      <div className="flex min-w-0 items-start gap-4">
        {cover && (
          <CoverImage cover={cover} sizes="6rem" decorative className="mt-1 w-24 max-w-24 shrink-0 rounded-sm" />
        )}
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <VisibilityLabel visibility={visibility} />
            {(visibility !== 'DRAFT' || status === 'cancelled') && (
              <>
                <CompetitionStatusLabel status={status} competition={competition} />
                <RegistrationTiming competition={competition} now={now} />
              </>
            )}
            <Tag>{common(`staffRole.${staffRole}`)}</Tag>
          </p>
          <h2 className="mt-2 text-lg leading-snug">
            <Link href={`/organize/${id}`} className="stretched-link group-hover:text-accent">
              <bdi>{title}</bdi>
            </Link>
          </h2>
        </div>
      </div>
      <div>
        <dl className="tabular flex flex-wrap gap-x-8 gap-y-2">
          <Figure term={t('list.taken', { capacity })} value={capacity - seatsLeft} />
          {waiting > 0 && <Figure term={t('list.waiting')} value={waiting} />}
          {ended !== null && ended > 0 && <Figure term={t('list.ended')} value={ended} />}
        </dl>
        <div className="mt-3">
          <SeatGrid capacity={capacity} seatsLeft={seatsLeft} size="row" />
        </div>
      </div>
      {recent !== null && <Recent days={recent} />}
    </li>
  );
}

function Recent({ days }: { days: readonly number[] }) {
  const t = useTexts('organizing');
  const total = days.reduce((sum, n) => sum + n, 0);
  return (
    <figure className="max-lg:flex max-lg:items-end max-lg:gap-4">
      <Sparkline values={days} label={t('list.recent', { total, days: days.length, today: days.at(-1) ?? 0 })} />
      <figcaption aria-hidden="true" className="mt-1 text-xs text-muted">
        {t('list.recentCaption', { days: days.length })}
      </figcaption>
    </figure>
  );
}

function Figure({ term, value }: { term: string; value: number }) {
  const { number } = useFormats();
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-sm text-muted">{term}</dt>
      <dd className="font-heading text-xl font-semibold">{number(value)}</dd>
    </div>
  );
}
