import type { CompetitionSummary } from '@mini-compete/shared/competitions';
import Link from 'next/link';
import { useTexts } from '#texts';
import { SeatGrid } from '@/components/seats/seat-grid';
import { Countdown } from '@/components/ui/countdown';
import { LocalTime } from '@/components/ui/local-time';
import { competitionPath } from '@/lib/paths';
import { CoverImage } from './cover-image';

export function OpeningNext({ competition, now }: { competition: CompetitionSummary; now: string }) {
  const t = useTexts('catalog');
  const { id, title, regOpensAt, capacity, cover } = competition;
  if (!regOpensAt) return null;
  return (
    <article className="group relative border-t-2 border-accent pt-4" aria-labelledby="opening-next">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm text-muted">
        <span className="font-semibold whitespace-nowrap text-accent">{t('home.opensNext')}</span>
        <LocalTime iso={regOpensAt} />
      </p>
      {cover && (
        <CoverImage
          cover={cover}
          sizes="(min-width: 64rem) 32rem, calc(100vw - 2.5rem)"
          eager
          decorative
          className="mt-3 rounded-md"
        />
      )}
      <p className="tabular mt-3 font-heading text-2xl font-semibold tracking-tight">
        <Countdown to={regOpensAt} serverTime={now} />
      </p>
      <SeatGrid capacity={capacity} seatsLeft={capacity} size={cover ? 'row' : 'card'} className="mt-4" />
      <h2 id="opening-next" className="mt-3 text-lg">
        <Link href={competitionPath(id)} className="stretched-link group-hover:text-accent">
          {title}
        </Link>
      </h2>
      <p className="tabular text-sm text-muted">{t('home.allFree', { capacity })}</p>
    </article>
  );
}
