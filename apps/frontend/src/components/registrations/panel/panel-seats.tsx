import type { Competition } from '@mini-compete/shared/competitions';
import type { CompetitionStatus, OwnRegistration } from '@mini-compete/shared/seats';
import { legendOf, SeatField } from '@/components/seats/seat-field';
import { LocalTime } from '@/components/ui/local-time';
import { count, formatSpan } from '@/lib/format';
import { LineField } from './waitlist-graphic';

type Props = {
  competition: Competition;
  status: CompetitionStatus;
  now: number;
  own: OwnRegistration | null;
  arrived: number;
};

/** The two facts everybody came for, large: how many seats, how much time. */
export function GateFacts({ competition, status, now, own, arrived }: Props) {
  const { capacity, seatsLeft, waiting } = competition;
  const seated = own !== null && own.status !== 'WAITLISTED';
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
        <SeatField capacity={capacity} seatsLeft={seatsLeft} size="field" mine={seated} arrived={arrived} />
        <Legend capacity={capacity} seated={seated} />
      </div>
      {waiting > 0 && <LineField waiting={waiting} position={own?.status === 'WAITLISTED' ? own.position : null} />}
      <TimeFact competition={competition} status={status} now={now} />
    </>
  );
}

function Legend({ capacity, seated }: { capacity: number; seated: boolean }) {
  const parts = [legendOf(capacity, 'field'), seated && 'The one with the dot is yours'].filter(Boolean);
  return parts.length === 0 ? null : <p className="mt-2 text-sm text-muted">{parts.join('. ')}</p>;
}

function TimeFact({ competition, status, now }: Pick<Props, 'competition' | 'status' | 'now'>) {
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
  const near = remaining < 3_600_000;
  return (
    <p className="border-t border-line pt-4">
      <span className="block text-sm text-muted">{opens ? 'Registration opens in' : 'Registration closes in'}</span>
      <span
        role="timer"
        className={`tabular block font-heading font-semibold tracking-tight ${opens || near ? 'text-2xl' : 'text-lg'}`}
      >
        {formatSpan(remaining)}
      </span>
      <LocalTime iso={instant} className="block text-sm text-muted" />
    </p>
  );
}
