import type { Competition } from '@mini-compete/shared/competitions';
import { isSeated } from '@mini-compete/shared/registration-status';
import type { CompetitionStatus, MyActiveRegistration } from '@mini-compete/shared/seats';
import { useFormats, useTexts } from '#texts';
import { participantsOf, seatTakersOf } from '@/components/competitions/catalog/participants';
import { SeatGrid, seatsPerMark } from '@/components/seats/seat-grid';
import { LocalTime } from '@/components/ui/local-time';
import { hasTakenPlace } from './has-taken-place';

type Props = {
  competition: Competition;
  status: CompetitionStatus;
  now: number;
  registration: MyActiveRegistration | null;
  /** A seat is reserved for the viewer. */
  invited: boolean;
  newlyTaken: number;
};

/** Free seats, the waitlist, and the time until registration opens or closes. */
export function PanelSeats({ competition, status, now, registration, invited, newlyTaken }: Props) {
  const { capacity, seatsLeft, waiting, cancelledAt } = competition;
  const t = useTexts('panel');
  const common = useTexts('common');
  const formats = useFormats();
  const seated = isSeated(registration?.status);
  const held = registration?.status === 'HELD' || invited;
  const seatsText = formats.seatsLeft(seatsLeft, capacity);
  if (status === 'cancelled')
    return (
      // Its label says that it is canceled.
      <p suppressHydrationWarning>
        {t('canceledText', { date: formats.instant(cancelledAt ?? competition.serverTime, 'day') })}
      </p>
    );
  if (status === 'closed' && hasTakenPlace(competition, now))
    return (
      <>
        <p>
          <span className="block font-heading text-2xl font-semibold tracking-tight">{t('past.title')}</span>
          <span className="text-muted">
            {t('past.registered', { count: capacity - seatsLeft, who: seatTakersOf(competition) })}
          </span>
        </p>
        <SeatGrid capacity={capacity} seatsLeft={seatsLeft} size="panel" mine={seated} />
      </>
    );
  return (
    <>
      <p className="tabular flex flex-wrap items-baseline gap-x-2.5">
        {seatsLeft > 0 ? (
          <span className="text-base">
            {t.rich(status === 'closed' ? 'seats.unfilled' : 'seats.left', {
              left: seatsLeft,
              capacity,
              n: (amount) => (
                <span className="me-1 font-heading text-3xl leading-none font-bold tracking-tight">{amount}</span>
              ),
            })}
          </span>
        ) : (
          <span className="font-heading text-2xl leading-tight font-bold tracking-tight">
            {t(invited ? 'seats.othersTaken' : status === 'closed' ? 'seats.wasFull' : 'seats.taken', { capacity })}
          </span>
        )}
      </p>
      <div>
        <SeatGrid
          capacity={capacity}
          seatsLeft={seatsLeft}
          size="panel"
          mine={seated || held}
          newlyTaken={newlyTaken}
          label={seated ? common('mySeat', { seats: seatsText }) : seatsText}
        />
        <Legend capacity={capacity} dot={seated ? 'seats.dot' : held ? 'seats.heldDot' : null} />
      </div>
      {waiting > 0 && (
        <WaitlistGraphic
          waiting={waiting}
          who={participantsOf(competition)}
          position={registration?.status === 'WAITLISTED' ? registration.position : null}
        />
      )}
      <RegistrationTime competition={competition} status={status} now={now} />
    </>
  );
}

function Legend({ capacity, dot }: { capacity: number; dot: 'seats.dot' | 'seats.heldDot' | null }) {
  const t = useTexts('panel');
  const common = useTexts('common');
  const perMark = seatsPerMark(capacity, 'panel');
  const parts = [perMark > 1 && common('seatMark', { count: perMark }), dot && t(dot)].filter(Boolean);
  return parts.length === 0 ? null : <p className="mt-2 text-sm text-muted">{parts.join(' · ')}</p>;
}

const TIME_LABELS = {
  FIRST_COME: { opens: 'time.opensIn', closes: 'time.closesIn' },
  APPROVAL: { opens: 'time.applyOpensIn', closes: 'time.applyClosesIn' },
} as const;

function RegistrationTime({ competition, status, now }: Pick<Props, 'competition' | 'status' | 'now'>) {
  const { regOpensAt, regDeadline, admissionMode } = competition;
  const t = useTexts('panel');
  const { duration, instant: format } = useFormats();
  if (status === 'closed')
    return (
      <p className="text-sm text-muted" suppressHydrationWarning>
        {t('time.closed', { time: format(regDeadline, 'full') })}
      </p>
    );
  const opens = status === 'upcoming' && regOpensAt !== null;
  const instant = opens ? regOpensAt : regDeadline;
  const remaining = Date.parse(instant) - now;
  const isSoon = remaining < 3_600_000;
  return (
    <p className="border-t border-line pt-4">
      <span className="block text-sm text-muted">{t(TIME_LABELS[admissionMode][opens ? 'opens' : 'closes'])}</span>
      <span
        role="timer"
        className={`tabular block font-heading font-semibold tracking-tight ${opens || isSoon ? 'text-2xl' : 'text-lg'}`}
      >
        {duration(remaining)}
      </span>
      <LocalTime iso={instant} className="block text-sm text-muted" />
    </p>
  );
}

const MAX_DRAWN = 18;

/** At most MAX_DRAWN people or teams on the waitlist, around the viewer's position if there is one. */
function WaitlistGraphic({ waiting, position, who }: { waiting: number; position: number | null; who: string }) {
  const t = useTexts('panel');
  const from = position === null ? 0 : Math.max(0, Math.min(position - 3, waiting - MAX_DRAWN));
  const drawn = Math.min(MAX_DRAWN, waiting - from);
  const mine = position === null ? -1 : position - 1 - from;
  return (
    <div>
      <svg
        viewBox={`0 0 ${drawn * 10} 10`}
        aria-hidden="true"
        style={{ width: drawn * 16, maxWidth: '100%' }}
        className="block h-auto rtl:-scale-x-100"
      >
        <rect width={drawn * 10} height="10" fill="url(#seat-waiting)" />
        {mine >= 0 && mine < drawn && (
          <>
            <rect x={mine * 10} width="10" height="10" style={{ fill: 'var(--surface-raised)' }} />
            <rect key={mine} x={mine * 10} width="10" height="10" fill="url(#seat-mine)" className="animate-seat" />
          </>
        )}
      </svg>
      <p className="tabular mt-2 text-sm text-muted">
        {[
          t('waitlist.count', { count: waiting, who }),
          position !== null && t('waitlist.before', { count: position - 1, who }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
  );
}
