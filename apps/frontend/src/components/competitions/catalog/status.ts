import type { Competition, CompetitionSummary } from '@mini-compete/shared/competitions';
import type { CompetitionStatus } from '@mini-compete/shared/seats';
import type { StatusShape, StatusTone } from '@/components/ui/status-label';

type StatusInput = Pick<CompetitionSummary, 'status' | 'regOpensAt' | 'regDeadline' | 'seatsLeft'> &
  Partial<Pick<Competition, 'cancelledAt'>>;

/** The status at an instant: a date may have passed since the server responded. */
export function statusAt(competition: StatusInput, now: number): CompetitionStatus {
  if (competition.status === 'cancelled' || competition.cancelledAt) return 'cancelled';
  if (now >= Date.parse(competition.regDeadline)) return 'closed';
  if (competition.regOpensAt && now < Date.parse(competition.regOpensAt)) return 'upcoming';
  return competition.seatsLeft <= 0 ? 'full' : 'open';
}

/** The last tenth of the seats, at least one and at most twenty. */
export const isAlmostFull = (seatsLeft: number, capacity: number): boolean =>
  seatsLeft > 0 && capacity > 1 && seatsLeft <= Math.min(20, Math.max(1, Math.floor(capacity / 10)));

type StatusDisplay = { text: string; tone: StatusTone; shape: StatusShape };

const DISPLAYS: Record<CompetitionStatus, StatusDisplay> = {
  upcoming: { text: 'Opens later', tone: 'accent', shape: 'ring' },
  open: { text: 'Open', tone: 'success', shape: 'disc' },
  full: { text: 'Full', tone: 'warning', shape: 'square' },
  closed: { text: 'Closed', tone: 'neutral', shape: 'bar' },
  cancelled: { text: 'Cancelled', tone: 'error', shape: 'cross' },
};

export function displayStatus(
  status: CompetitionStatus,
  seats: { seatsLeft: number; capacity: number; waitlist: boolean },
): StatusDisplay {
  if (status === 'open' && isAlmostFull(seats.seatsLeft, seats.capacity))
    return { text: 'Almost full', tone: 'warning', shape: 'half' };
  if (status === 'full' && seats.waitlist) return { ...DISPLAYS.full, text: 'Full, line open' };
  return DISPLAYS[status];
}
