import type { CompetitionSummary } from '@mini-compete/shared/competitions';
import Link from 'next/link';
import { SeatGrid } from '@/components/seats/seat-grid';
import { Tag } from '@/components/ui/chip';
import { LinkPending } from '@/components/ui/link-pending';
import { LocalTime } from '@/components/ui/local-time';
import { count, seatsLeftText } from '@/lib/format';
import { competitionPath } from '@/lib/paths';
import { CompetitionStatusLabel, RegistrationTiming } from './competition-status';

export function CompetitionCard({
  competition,
  now,
  headingLevel: Heading = 'h3',
}: {
  competition: CompetitionSummary;
  now: string;
  headingLevel?: 'h2' | 'h3';
}) {
  const { title, capacity, seatsLeft, waiting, status, startDate, location, organizer, tags } = competition;
  return (
    <article className="group relative flex break-inside-avoid flex-col border-t-2 border-ink pt-4 transition-colors hover:border-accent">
      <div className="flex items-center justify-between gap-4">
        <CompetitionStatusLabel status={status} competition={competition} />
        <RegistrationTiming competition={competition} now={now} />
      </div>
      <div className="mt-3 flex items-end sm:min-h-15">
        <SeatGrid
          capacity={capacity}
          seatsLeft={status === 'cancelled' ? capacity : seatsLeft}
          size="card"
          decorative
        />
      </div>
      <p className="tabular mt-2 text-sm text-muted">
        {seatsLeftText(seatsLeft, capacity)}
        {waiting > 0 && `, ${count(waiting, 'person')} waiting`}
      </p>
      <Heading className="mt-3 text-lg leading-snug">
        <Link href={competitionPath(competition.id)} className="stretched-link group-hover:text-accent">
          {title}
          <LinkPending />
        </Link>
      </Heading>
      <p className="mt-1.5 text-sm text-muted">
        {startDate ? <LocalTime iso={startDate} /> : 'Date to be announced'}
        {location && <span className="block">{location}</span>}
      </p>
      <div className="mt-auto flex flex-wrap items-center gap-1.5 pt-3 pb-2">
        <span className="me-1.5 text-sm text-muted">by {organizer.name}</span>
        {tags.slice(0, 4).map((tag) => (
          <Tag key={tag}>{tag}</Tag>
        ))}
      </div>
    </article>
  );
}
