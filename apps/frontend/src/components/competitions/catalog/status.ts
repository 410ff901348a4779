import type { Competition, CompetitionSummary } from '@mini-compete/shared/competitions';
import type { CompetitionStatus } from '@mini-compete/shared/seats';
import type { StateShape, StateTone } from '@/components/ui/state';

type Facts = Pick<CompetitionSummary, 'status' | 'regOpensAt' | 'regDeadline' | 'seatsLeft'> &
  Partial<Pick<Competition, 'cancelledAt'>>;

/** What a competition is at this moment: the server's answer, moved on by the server's clock. */
export function statusAt(facts: Facts, now: number): CompetitionStatus {
  if (facts.status === 'cancelled' || facts.cancelledAt) return 'cancelled';
  if (now >= Date.parse(facts.regDeadline)) return 'closed';
  if (facts.regOpensAt && now < Date.parse(facts.regOpensAt)) return 'upcoming';
  return facts.seatsLeft <= 0 ? 'full' : 'open';
}

/** The last tenth of the seats, at least one and at most twenty. */
export const isAlmostFull = (seatsLeft: number, capacity: number): boolean =>
  seatsLeft > 0 && capacity > 1 && seatsLeft <= Math.min(20, Math.max(1, Math.floor(capacity / 10)));

type Look = { word: string; tone: StateTone; shape: StateShape };

const LOOKS: Record<CompetitionStatus, Look> = {
  upcoming: { word: 'Opens later', tone: 'accent', shape: 'ring' },
  open: { word: 'Open', tone: 'open', shape: 'disc' },
  full: { word: 'Full', tone: 'waiting', shape: 'square' },
  closed: { word: 'Closed', tone: 'quiet', shape: 'bar' },
  cancelled: { word: 'Cancelled', tone: 'closed', shape: 'cross' },
};

export function lookOf(
  status: CompetitionStatus,
  seats: { seatsLeft: number; capacity: number; waitlist: boolean },
): Look {
  if (status === 'open' && isAlmostFull(seats.seatsLeft, seats.capacity))
    return { word: 'Almost full', tone: 'waiting', shape: 'half' };
  if (status === 'full' && seats.waitlist) return { ...LOOKS.full, word: 'Full, line open' };
  return LOOKS[status];
}
