import type { CompetitionSummary } from '@mini-compete/shared/competitions';
import type { CompetitionStatus } from '@mini-compete/shared/seats';
import { StatusLabel } from '@/components/ui/status-label';
import { formatDistance } from '@/lib/format';
import { displayStatus } from './status';

type Seats = Pick<CompetitionSummary, 'seatsLeft' | 'capacity' | 'waitlist'>;

export function CompetitionStatusLabel({ status, competition }: { status: CompetitionStatus; competition: Seats }) {
  const { text, tone, shape } = displayStatus(status, competition);
  return (
    <StatusLabel tone={tone} shape={shape}>
      {text}
    </StatusLabel>
  );
}

/** When registration opens or closes, as a rough relative time that needs no updates: "closes in 3 days". */
export function RegistrationTiming({ competition, now }: { competition: CompetitionSummary; now: string }) {
  const text = timingText(competition, Date.parse(now));
  return text === null ? null : <span className="tabular text-sm text-muted">{text}</span>;
}

function timingText({ status, regOpensAt, regDeadline }: CompetitionSummary, now: number): string | null {
  if (status === 'upcoming' && regOpensAt) return `opens ${formatDistance(regOpensAt, now)}`;
  if (status === 'open' || status === 'full') return `closes ${formatDistance(regDeadline, now)}`;
  if (status === 'closed') return `closed ${formatDistance(regDeadline, now)}`;
  return null;
}
