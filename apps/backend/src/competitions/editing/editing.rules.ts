import { dateErrors, type UpdateCompetition } from '@mini-compete/shared/competitions';
import type { Competition } from '../../platform/database/generated/client.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { seatedIn } from '../catalog/competitions.rules.js';

export type SeatCounts = Pick<Competition, 'capacity' | 'seatsLeft' | 'waiting'>;
type Dates = Pick<Competition, 'regOpensAt' | 'regDeadline' | 'startDate' | 'endDate'>;

export function ensureNotCancelled({ cancelledAt }: Pick<Competition, 'cancelledAt'>): void {
  if (cancelledAt !== null) throw new DomainError('COMPETITION_CANCELLED');
}

export function ensureCapacityCovers(capacity: number | undefined, seats: SeatCounts): void {
  const seated = seatedIn(seats);
  if (capacity === undefined || capacity >= seated) return;
  const who = seated === 1 ? 'One person has' : `${seated} people have`;
  throw new DomainError('CAPACITY_BELOW_SEATED', { detail: `${who} a seat. Remove some first.` });
}

export function ensureNoRegistrations(seats: SeatCounts): void {
  const active = seatedIn(seats) + seats.waiting;
  if (active === 0) return;
  const who = active === 1 ? 'One person is' : `${active} people are`;
  throw new DomainError('HAS_REGISTRATIONS', { detail: `${who} registered. Cancel the competition instead.` });
}

/** The order of the dates as they would be: those that are not changed are the stored ones. */
export function ensureDatesInOrder(present: Dates, changes: UpdateCompetition): void {
  const dates = ['regOpensAt', 'regDeadline', 'startDate', 'endDate'] as const;
  if (dates.every((date) => changes[date] === undefined)) return;
  const meant = (date: (typeof dates)[number]) =>
    changes[date] === undefined ? (present[date]?.toISOString() ?? null) : changes[date];
  const errors = dateErrors({
    regOpensAt: meant('regOpensAt'),
    regDeadline: meant('regDeadline'),
    startDate: meant('startDate'),
    endDate: meant('endDate'),
  });
  if (errors.length > 0) throw new DomainError('VALIDATION_FAILED', { errors });
}

/** Of what an edit says, what is not so already. */
export function realChanges(present: Competition, said: UpdateCompetition): UpdateCompetition {
  const fields = Object.keys(said) as (keyof UpdateCompetition)[];
  return Object.fromEntries(
    fields.filter((field) => !isSame(present[field], said[field])).map((field) => [field, said[field]]),
  );
}

/** One instant has many spellings: other offsets, other fractions of a second. */
function isSame(stored: unknown, said: unknown): boolean {
  if (stored instanceof Date && typeof said === 'string') return stored.getTime() === Date.parse(said);
  return JSON.stringify(stored) === JSON.stringify(said);
}

/** What of an edit those who are in have to be told. */
export function announcedChanges(before: Competition, after: Competition): ('date' | 'place')[] {
  const moved =
    [before.startDate, before.endDate].map(Number).join() !== [after.startDate, after.endDate].map(Number).join();
  return [...(moved ? ['date' as const] : []), ...(before.location === after.location ? [] : ['place' as const])];
}

/** Field by field what an edit made of what; of the description only that it changed. */
export function differences(before: Competition, after: Competition): Record<string, unknown> {
  const fields = [
    ...([
      'title',
      'tags',
      'capacity',
      'regOpensAt',
      'regDeadline',
      'startDate',
      'endDate',
      'location',
      'waitlist',
    ] as const),
  ];
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return {
    ...Object.fromEntries(changed.map((field) => [field, { from: before[field], to: after[field] }])),
    ...(before.description !== after.description && { description: 'changed' }),
  };
}
