import type { CompetitionSummary } from '@mini-compete/shared/competitions';
import type { CompetitionStatus } from '@mini-compete/shared/seats';
import { useFormats, useTexts } from '#texts';
import { StatusLabel } from '@/components/ui/status-label';
import { displayStatus } from './status';

type Seats = Pick<CompetitionSummary, 'seatsLeft' | 'capacity' | 'waitlist' | 'admissionMode'>;

export function CompetitionStatusLabel({ status, competition }: { status: CompetitionStatus; competition: Seats }) {
  const t = useTexts('common');
  const { text, tone, shape } = displayStatus(status, competition);
  return (
    <StatusLabel tone={tone} shape={shape}>
      {t(text)}
    </StatusLabel>
  );
}

/** When registration opens or closes, as a rough relative time that needs no updates: "closes in 3 days". */
export function RegistrationTiming({ competition, now }: { competition: CompetitionSummary; now: string }) {
  const t = useTexts('catalog');
  const { distance } = useFormats();
  const event = nextEvent(competition);
  if (event === null) return null;
  const [key, at] = event;
  return <span className="tabular text-sm text-muted">{t(key, { when: distance(at, Date.parse(now)) })}</span>;
}

function nextEvent({ status, regOpensAt, regDeadline }: CompetitionSummary) {
  if (status === 'upcoming' && regOpensAt) return ['card.opens', regOpensAt] as const;
  if (status === 'open' || status === 'full') return ['card.closes', regDeadline] as const;
  return status === 'closed' ? (['card.closed', regDeadline] as const) : null;
}
