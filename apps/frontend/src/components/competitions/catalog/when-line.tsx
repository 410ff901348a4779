import type { CompetitionSummary } from '@mini-compete/shared/competitions';
import { formatDistance } from '@/lib/format';

/** What happens next to its registration, roughly: lists do not tick. */
export function WhenLine({ competition, now }: { competition: CompetitionSummary; now: string }) {
  const words = wordsOf(competition, Date.parse(now));
  return words === null ? null : <span className="tabular text-sm text-muted">{words}</span>;
}

function wordsOf({ status, regOpensAt, regDeadline }: CompetitionSummary, now: number): string | null {
  if (status === 'upcoming' && regOpensAt) return `opens ${formatDistance(regOpensAt, now)}`;
  if (status === 'open' || status === 'full') return `closes ${formatDistance(regDeadline, now)}`;
  if (status === 'closed') return `closed ${formatDistance(regDeadline, now)}`;
  return null;
}
