import type { Competition, CompetitionSummary } from '@mini-compete/shared/competitions';
import type { CompetitionStatus } from '@mini-compete/shared/seats';
import type { StatusShape, StatusTone } from '@/components/ui/status-label';

type StatusInput = Pick<
  CompetitionSummary,
  'status' | 'regOpensAt' | 'regDeadline' | 'seatsLeft' | 'waiting' | 'admissionMode'
> &
  Partial<Pick<Competition, 'cancelledAt'>>;

/** The status at an instant: a date may have passed since the server responded. */
export function statusAt(competition: StatusInput, now: number): CompetitionStatus {
  if (competition.status === 'cancelled' || competition.cancelledAt) return 'cancelled';
  if (now >= Date.parse(competition.regDeadline)) return 'closed';
  if (competition.regOpensAt && now < Date.parse(competition.regOpensAt)) return 'upcoming';
  // The server knows more: a seat whose hold is due counts as free.
  if (competition.status === 'open' || competition.status === 'full') return competition.status;
  if (competition.admissionMode === 'APPROVAL') return 'open';
  // While people are promoted in steps, seats are free that belong to the waitlist.
  return competition.seatsLeft <= competition.waiting ? 'full' : 'open';
}

/** The last tenth of the seats, at least one and at most twenty. */
export const isAlmostFull = (seatsLeft: number, capacity: number): boolean =>
  seatsLeft > 0 && capacity > 1 && seatsLeft <= Math.min(20, Math.max(1, Math.floor(capacity / 10)));

/** Keys of the texts `common`. */
type StatusText = `status.${CompetitionStatus | 'almostFull' | 'applications'}` | 'fullWaitlist' | 'waitlistOpen';
type StatusDisplay = { text: StatusText; tone: StatusTone; shape: StatusShape };

const DISPLAYS: Record<CompetitionStatus, StatusDisplay> = {
  upcoming: { text: 'status.upcoming', tone: 'accent', shape: 'ring' },
  open: { text: 'status.open', tone: 'success', shape: 'disc' },
  full: { text: 'status.full', tone: 'warning', shape: 'square' },
  closed: { text: 'status.closed', tone: 'neutral', shape: 'bar' },
  cancelled: { text: 'status.cancelled', tone: 'error', shape: 'cross' },
};

export function displayStatus(
  status: CompetitionStatus,
  seats: Pick<CompetitionSummary, 'seatsLeft' | 'capacity' | 'waitlist' | 'admissionMode'>,
): StatusDisplay {
  if (status === 'open' && seats.admissionMode === 'APPROVAL') return { ...DISPLAYS.open, text: 'status.applications' };
  if (status === 'open' && isAlmostFull(seats.seatsLeft, seats.capacity))
    return { text: 'status.almostFull', tone: 'warning', shape: 'half' };
  // Seats that are free may all belong to the waitlist: to teams that need more than are left, or to be given in steps.
  if (status === 'full' && seats.waitlist)
    return { ...DISPLAYS.full, text: seats.seatsLeft > 0 ? 'waitlistOpen' : 'fullWaitlist' };
  return DISPLAYS[status];
}
