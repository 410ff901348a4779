import { dateErrors, type UpdateCompetition } from '@mini-compete/shared/competitions';
import type { Competition } from '../../platform/database/generated/client.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { seatedIn } from '../catalog/competitions.rules.js';

export type SeatCounts = Pick<Competition, 'capacity' | 'seatsLeft' | 'waiting' | 'nextDueAt'>;
type Dates = Pick<Competition, 'regOpensAt' | 'regDeadline' | 'startDate' | 'endDate'>;

export function ensureNotCancelled({ cancelledAt }: Pick<Competition, 'cancelledAt'>): void {
  if (cancelledAt !== null) throw new DomainError('COMPETITION_CANCELLED');
}

export function ensureCapacityCovers(capacity: number | undefined, seats: SeatCounts): void {
  const seated = seatedIn(seats) + owedIn(seats);
  if (capacity === undefined || capacity >= seated) return;
  throw new DomainError('CAPACITY_BELOW_SEATED', { detail: { key: 'peopleHaveSeats', count: seated } });
}

/** Free seats that an unfinished promotion gives to people on the waitlist. */
const owedIn = ({ seatsLeft, waiting, nextDueAt }: SeatCounts): number =>
  nextDueAt === null ? 0 : Math.min(seatsLeft, waiting);

export function ensureNoRegistrations(seats: SeatCounts): void {
  const active = seatedIn(seats) + seats.waiting;
  if (active === 0) return;
  throw new DomainError('HAS_REGISTRATIONS', { detail: { key: 'peopleAreRegistered', count: active } });
}

/** Dates that the edit does not change are the stored ones. */
export function ensureDatesInOrder(current: Dates, changes: UpdateCompetition): void {
  const dates = ['regOpensAt', 'regDeadline', 'startDate', 'endDate'] as const;
  if (dates.every((date) => changes[date] === undefined)) return;
  const resulting = (date: (typeof dates)[number]) =>
    changes[date] === undefined ? (current[date]?.toISOString() ?? null) : changes[date];
  const errors = dateErrors({
    regOpensAt: resulting('regOpensAt'),
    regDeadline: resulting('regDeadline'),
    startDate: resulting('startDate'),
    endDate: resulting('endDate'),
  });
  if (errors.length === 0) return;
  throw new DomainError('VALIDATION_FAILED', {
    errors: errors.map(({ path, rule }) => ({ path, key: `rule.${rule}` as const })),
  });
}

/** The requested changes without those that equal the current values. */
export function effectiveChanges(current: Competition, requested: UpdateCompetition): UpdateCompetition {
  const fields = Object.keys(requested) as (keyof UpdateCompetition)[];
  return Object.fromEntries(
    fields.filter((field) => !isSame(current[field], requested[field])).map((field) => [field, requested[field]]),
  );
}

/** Instants are compared as times: their texts may differ in offset and fraction of a second. */
function isSame(current: unknown, requested: unknown): boolean {
  if (current instanceof Date && typeof requested === 'string') return current.getTime() === Date.parse(requested);
  return JSON.stringify(current) === JSON.stringify(requested);
}

/** The changes about which participants get a message. A draft has none. */
export function announcedChanges(before: Competition, after: Competition): ('date' | 'place')[] {
  if (before.visibility === 'DRAFT') return [];
  const moved =
    [before.startDate, before.endDate].map(Number).join() !== [after.startDate, after.endDate].map(Number).join();
  return [...(moved ? ['date' as const] : []), ...(before.location === after.location ? [] : ['place' as const])];
}

/** Old and new values for the audit log; of the description only that it changed, because it is long. */
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
      'visibility',
    ] as const),
  ];
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return {
    ...Object.fromEntries(changed.map((field) => [field, { from: before[field], to: after[field] }])),
    ...(before.description !== after.description && { description: 'changed' }),
  };
}
