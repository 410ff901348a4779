import type { Competition } from '@mini-compete/shared/competitions';
import { isSeated } from '@mini-compete/shared/registration-status';
import type { CompetitionStatus, MyActiveRegistration } from '@mini-compete/shared/seats';
import { markLegend, SeatGrid } from '@/components/seats/seat-grid';
import { LocalTime } from '@/components/ui/local-time';
import { count, formatDuration } from '@/lib/format';

type Props = {
  competition: Competition;
  status: CompetitionStatus;
  now: number;
  registration: MyActiveRegistration | null;
  newlyTaken: number;
};

/** Free seats, the waitlist, and the time until registration opens or closes. */
export function PanelSeats({ competition, status, now, registration, newlyTaken }: Props) {
  const { capacity, seatsLeft, waiting } = competition;
  const seated = isSeated(registration?.status);
  if (status === 'cancelled')
    return (
      <p>
        <span className="block font-heading text-2xl font-semibold tracking-tight">It will not take place</span>
        <span className="text-muted">The organizer has cancelled this competition. Everybody who was in is told.</span>
      </p>
    );
  return (
    <>
      <p className="tabular flex flex-wrap items-baseline gap-x-2.5">
        {seatsLeft > 0 ? (
          <>
            <span className="font-heading text-3xl leading-none font-bold tracking-tight">
              {seatsLeft.toLocaleString('en')}
            </span>
            <span className="text-base">
              of {count(capacity, 'seat')} {status === 'closed' ? 'stayed free' : 'left'}
            </span>
          </>
        ) : (
          <span className="font-heading text-2xl leading-tight font-bold tracking-tight">
            {capacity === 1 ? 'The seat is taken' : `All ${capacity.toLocaleString('en')} seats taken`}
          </span>
        )}
      </p>
      <div>
        <SeatGrid capacity={capacity} seatsLeft={seatsLeft} size="panel" mine={seated} newlyTaken={newlyTaken} />
        <Legend capacity={capacity} seated={seated} />
      </div>
      {waiting > 0 && (
        <WaitlistGraphic
          waiting={waiting}
          position={registration?.status === 'WAITLISTED' ? registration.position : null}
        />
      )}
      <RegistrationTime competition={competition} status={status} now={now} />
    </>
  );
}

function Legend({ capacity, seated }: { capacity: number; seated: boolean }) {
  const parts = [markLegend(capacity, 'panel'), seated && 'The one with the dot is yours'].filter(Boolean);
  return parts.length === 0 ? null : <p className="mt-2 text-sm text-muted">{parts.join('. ')}</p>;
}

function RegistrationTime({ competition, status, now }: Pick<Props, 'competition' | 'status' | 'now'>) {
  const { regOpensAt, regDeadline } = competition;
  if (status === 'closed')
    return (
      <p className="text-sm text-muted">
        Registration closed <LocalTime iso={regDeadline} />
      </p>
    );
  const opens = status === 'upcoming' && regOpensAt !== null;
  const instant = opens ? regOpensAt : regDeadline;
  const remaining = Date.parse(instant) - now;
  const isSoon = remaining < 3_600_000;
  return (
    <p className="border-t border-line pt-4">
      <span className="block text-sm text-muted">{opens ? 'Registration opens in' : 'Registration closes in'}</span>
      <span
        role="timer"
        className={`tabular block font-heading font-semibold tracking-tight ${opens || isSoon ? 'text-2xl' : 'text-lg'}`}
      >
        {formatDuration(remaining)}
      </span>
      <LocalTime iso={instant} className="block text-sm text-muted" />
    </p>
  );
}

const MAX_DRAWN = 18;

/** At most MAX_DRAWN people on the waitlist, around the viewer's position if there is one. */
function WaitlistGraphic({ waiting, position }: { waiting: number; position: number | null }) {
  const from = position === null ? 0 : Math.max(0, Math.min(position - 3, waiting - MAX_DRAWN));
  const drawn = Math.min(MAX_DRAWN, waiting - from);
  const mine = position === null ? -1 : position - 1 - from;
  return (
    <div>
      <svg
        viewBox={`0 0 ${drawn * 10} 10`}
        aria-hidden="true"
        style={{ width: drawn * 16, maxWidth: '100%' }}
        className="block h-auto"
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
        {count(waiting, 'person waits', 'people wait')} in line
        {position !== null && position > 1 && `, ${(position - 1).toLocaleString('en')} before you`}
        {position === 1 && ', nobody before you'}
      </p>
    </div>
  );
}
