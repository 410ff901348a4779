import type { CompetitionSummary } from '@mini-compete/shared/competitions';
import Link from 'next/link';
import { Fragment } from 'react';
import { useFormats, useTexts } from '#texts';
import { SeatGrid } from '@/components/seats/seat-grid';
import { Tag } from '@/components/ui/chip';
import { LinkPending } from '@/components/ui/link-pending';
import { LocalTime } from '@/components/ui/local-time';
import { competitionPath, organizerPath } from '@/lib/paths';
import { CompetitionStatusLabel, RegistrationTiming } from './competition-status';
import { CoverImage } from './cover-image';
import { participantsOf, seatTakersOf } from './participants';

export function CompetitionCard({
  competition,
  now,
  headingLevel: Heading = 'h3',
  hasPicture = false,
  eager = false,
  showOrganizer = true,
}: {
  competition: CompetitionSummary;
  now: string;
  /** The cover, or the seats in the place of one: for lists in which some competitions have a cover. */
  hasPicture?: boolean;
  eager?: boolean;
  headingLevel?: 'h2' | 'h3';
  showOrganizer?: boolean;
}) {
  const t = useTexts('catalog');
  const common = useTexts('common');
  const { title, capacity, seatsLeft, status, startDate, location, organizer, tags } = competition;
  return (
    <article className="group relative row-span-full grid break-inside-avoid grid-rows-subgrid border-t-2 border-ink pt-4 transition-colors hover:border-accent">
      <div className="flex items-center justify-between gap-4">
        <CompetitionStatusLabel status={status} competition={competition} />
        <RegistrationTiming competition={competition} now={now} />
      </div>
      {hasPicture ? (
        <CardPicture competition={competition} eager={eager} />
      ) : (
        <div className="mt-3 flex items-end">
          <SeatGrid capacity={capacity} seatsLeft={status === 'cancelled' ? capacity : seatsLeft} size="card" />
        </div>
      )}
      {/* There also when nothing is said about seats, so that the title keeps its row. */}
      <div>
        <SeatsText competition={competition} />
      </div>
      <div>
        <Heading className="mt-3 text-lg leading-snug">
          <Link href={competitionPath(competition.id)} className="stretched-link group-hover:text-accent">
            {title}
            <LinkPending />
          </Link>
        </Heading>
        <p className="mt-1.5 text-sm text-muted">
          {startDate ? <LocalTime iso={startDate} /> : t('card.noDate')}
          {location && <span className="block">{location}</span>}
        </p>
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-1.5 pb-2 sm:flex-nowrap">
        {showOrganizer && !organizer.name && (
          <span className="me-1.5 max-w-full shrink-0 py-1 text-sm text-muted">
            {t('card.by', { name: common('deletedAccount') })}
          </span>
        )}
        {showOrganizer && organizer.name && (
          // Above the link that covers the card.
          <Link
            href={organizerPath(organizer.id)}
            prefetch={false}
            className="relative z-10 -my-2 me-1.5 inline-flex min-h-small-control max-w-full shrink-0 items-center text-sm text-muted hover:text-ink hover:underline"
          >
            {t('card.by', { name: organizer.name })}
          </Link>
        )}
        {/* Tags that need a second line are left out: it would lift the organizer above those of the cards beside this one. */}
        <span className="contents text-xs sm:flex sm:h-[calc(1lh+0.25rem)] sm:flex-wrap sm:gap-1.5 sm:overflow-hidden">
          {tags.slice(0, 4).map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </span>
      </div>
    </article>
  );
}

/** As wide as a column of the grid. */
const CARD_SIZES = '(min-width: 64rem) 21rem, (min-width: 40rem) 46vw, calc(100vw - 2.5rem)';

function CardPicture({ competition, eager }: { competition: CompetitionSummary; eager: boolean }) {
  const { cover, capacity, status } = competition;
  const seatsLeft = status === 'cancelled' ? capacity : competition.seatsLeft;
  return (
    <div>
      {cover ? (
        <CoverImage cover={cover} sizes={CARD_SIZES} eager={eager} decorative className="mt-3 rounded-md" />
      ) : (
        <div className="mt-3 flex aspect-2/1 items-center justify-center overflow-hidden rounded-md bg-sunken px-6">
          <SeatGrid capacity={capacity} seatsLeft={seatsLeft} size="picture" />
        </div>
      )}
      {cover && <SeatGrid capacity={capacity} seatsLeft={seatsLeft} size="row" className="mt-3" />}
    </div>
  );
}

/** What the seats are now; for a past competition, what they were. */
function SeatsText({ competition }: { competition: CompetitionSummary }) {
  const { status, seatsLeft, capacity, waiting, teamMin, teamMax } = competition;
  const t = useTexts('catalog');
  const formats = useFormats();
  if (status === 'cancelled') return null;
  const seats =
    status === 'closed'
      ? t('card.registered', { count: capacity - seatsLeft, who: seatTakersOf(competition) })
      : formats.seatsLeft(seatsLeft, capacity);
  const parts = [
    ...(typeof teamMax === 'number' ? [formats.teamSize(teamMin ?? 1, teamMax)] : []),
    seats,
    ...(waiting > 0 && status !== 'closed'
      ? [t('card.waiting', { count: waiting, who: participantsOf(competition) })]
      : []),
  ];
  return (
    <p className="tabular mt-2 text-sm text-muted">
      {parts.map((part, index) => (
        <Fragment key={part}>
          {index > 0 && ' · '}
          {/* A line ends between them, not inside of one. */}
          <span className="inline-block">{part}</span>
        </Fragment>
      ))}
    </p>
  );
}
