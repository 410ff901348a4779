import { dateErrors, teamErrors, type UpdateCompetition } from '@mini-compete/shared/competitions';
import type { Question } from '@mini-compete/shared/questions';
import type { Competition } from '../../platform/database/generated/client.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { seatedIn } from '../catalog/competitions.rules.js';

export type SeatCounts = Pick<Competition, 'capacity' | 'seatsLeft' | 'waiting' | 'waitingExtraSeats' | 'nextDueAt'>;
type Dates = Pick<Competition, 'regOpensAt' | 'regDeadline' | 'startDate' | 'endDate' | 'promoteUntil' | 'teamsLockAt'>;

export function ensureNotCancelled({ cancelledAt }: Pick<Competition, 'cancelledAt'>): void {
  if (cancelledAt !== null) throw new DomainError('COMPETITION_CANCELLED');
}

export function ensureCapacityCovers(capacity: number | undefined, seats: SeatCounts): void {
  const seated = seatedIn(seats) + owedIn(seats);
  if (capacity === undefined || capacity >= seated) return;
  throw new DomainError('CAPACITY_BELOW_SEATED', { detail: { key: 'peopleHaveSeats', count: seated } });
}

/** Free seats that an unfinished promotion gives to people on the waitlist. */
const owedIn = ({ seatsLeft, waiting, waitingExtraSeats, nextDueAt }: SeatCounts): number =>
  nextDueAt === null ? 0 : Math.min(seatsLeft, waiting + waitingExtraSeats);

/** `active` counts registrations, also applications, and open invitations. */
export function ensureNoRegistrations(active: number): void {
  if (active === 0) return;
  throw new DomainError('HAS_REGISTRATIONS', { detail: { key: 'peopleAreRegistered', count: active } });
}

/** Teams that exist, registered or not: a competition for persons has none, and none is larger than the largest. */
export interface LivingTeams {
  readonly count: number;
  readonly largest: number;
}

const SIZE_SETTINGS = ['teamMin', 'teamMax', 'seatUnit'] as const;

export const changesTeams = (changes: UpdateCompetition): boolean =>
  SIZE_SETTINGS.some((setting) => changes[setting] !== undefined);

/** Teams would be lost from sight in a draft, and there are none where persons register. */
export function ensureTeamsMayChange(
  { teamMax }: Pick<Competition, 'teamMax'>,
  changes: UpdateCompetition,
  teams: LivingTeams,
): void {
  const becomes = changes.teamMax === undefined ? teamMax : changes.teamMax;
  const isOtherKind = (becomes === null) !== (teamMax === null);
  if ((isOtherKind || changes.visibility === 'DRAFT') && teams.count > 0)
    throw new DomainError('HAS_REGISTRATIONS', { detail: { key: 'teamsExist', count: teams.count } });
  if (becomes !== null && teams.largest > becomes)
    throw new DomainError('VALIDATION_FAILED', { errors: [{ path: 'teamMax', key: 'rule.teamsAreLarger' }] });
}

/** What the edit does not change is as it was stored. */
export function ensureTeamsFit(
  current: Pick<Competition, 'teamMin' | 'teamMax' | 'seatUnit' | 'capacity'>,
  changes: UpdateCompetition,
): void {
  const { teamMin = current.teamMin, teamMax = current.teamMax } = changes;
  const { seatUnit = current.seatUnit, capacity = current.capacity } = changes;
  ensureValid(teamErrors({ teamMin, teamMax, seatUnit, capacity }));
}

const DATES = ['regOpensAt', 'regDeadline', 'startDate', 'endDate', 'promoteUntil', 'teamsLockAt'] as const;

/** What the edit does not change is as it was stored. */
export function ensureDatesInOrder(current: Dates & StoredSettings, changes: UpdateCompetition): void {
  const relevant = [...DATES, 'admissionMode', 'confirmWithinHours', 'teamMax'] as const;
  if (relevant.every((field) => changes[field] === undefined)) return;
  const resulting = (date: (typeof DATES)[number]) =>
    changes[date] === undefined ? (current[date]?.toISOString() ?? null) : changes[date];
  const { admissionMode = current.admissionMode, confirmWithinHours = hoursOf(current.confirmWithinSeconds) } = changes;
  const { teamMax = current.teamMax } = changes;
  const errors = dateErrors({
    regOpensAt: resulting('regOpensAt'),
    regDeadline: resulting('regDeadline'),
    startDate: resulting('startDate'),
    endDate: resulting('endDate'),
    promoteUntil: resulting('promoteUntil'),
    teamsLockAt: resulting('teamsLockAt'),
    admissionMode,
    confirmWithinHours,
    teamMax,
  });
  ensureValid(errors);
}

function ensureValid(errors: ReturnType<typeof dateErrors> | ReturnType<typeof teamErrors>): void {
  if (errors.length === 0) return;
  throw new DomainError('VALIDATION_FAILED', {
    errors: errors.map(({ path, rule }) => ({ path, key: `rule.${rule}` as const })),
  });
}

type StoredSettings = Pick<Competition, 'admissionMode' | 'confirmWithinSeconds' | 'teamMax'>;

/** In the database it is in seconds, so that tests need not wait for hours. */
const hoursOf = (seconds: number | null): number | null => (seconds === null ? null : Math.ceil(seconds / 3600));

/** The requested changes without those that equal the current values. */
export function effectiveChanges(
  current: Competition & { readonly questions: readonly Question[] },
  requested: UpdateCompetition,
): UpdateCompetition {
  const fields = Object.keys(requested) as (keyof UpdateCompetition)[];
  const stored = { ...current, confirmWithinHours: hoursOf(current.confirmWithinSeconds) };
  return Object.fromEntries(
    fields.filter((field) => !isSame(stored[field], requested[field])).map((field) => [field, requested[field]]),
  );
}

/** Whether the change leads to something that servers of the previous version do not respect. */
export const needsNewServers = (changes: UpdateCompetition): boolean =>
  (changes.visibility !== undefined && changes.visibility !== 'PUBLIC') ||
  changes.admissionMode === 'APPROVAL' ||
  Boolean(changes.confirmWithinHours) ||
  Boolean(changes.promoteUntil) ||
  Boolean(changes.teamMax) ||
  // They refuse requests with answers.
  Boolean(changes.questions?.length);

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
      'admissionMode',
      'decisionsBy',
      'confirmWithinSeconds',
      'promoteUntil',
      'teamMin',
      'teamMax',
      'seatUnit',
      'teamsLockAt',
    ] as const),
  ];
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return {
    ...Object.fromEntries(changed.map((field) => [field, { from: before[field], to: after[field] }])),
    ...(before.description !== after.description && { description: 'changed' }),
  };
}
