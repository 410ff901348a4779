import { type HistoryChange, HistoryEntry, type HistoryValue } from '@mini-compete/shared/history';

/** A row of the audit log with the names of today. */
export interface HistoryRow {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly personId: string | null;
  readonly personName: string | null;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

export function entryOf({ id, at, action, details, ...row }: HistoryRow): HistoryEntry {
  return {
    id,
    at,
    action,
    actor: row.actorId === null ? null : { id: row.actorId, name: row.actorName },
    person: row.personId === null ? null : { id: row.personId, name: row.personName },
    team: row.teamId === null ? null : { id: row.teamId, name: row.teamName ?? '' },
    count: typeof details.count === 'number' ? details.count : null,
    note: action === 'competition.note_changed' ? noteOf(details) : null,
    changes: changesOf(action, details),
  };
}

/** Null for a kind or a language that this version does not know. */
const noteOf = ({ kind, language }: HistoryRow['details']): HistoryEntry['note'] =>
  HistoryEntry.shape.note.safeParse({ kind, language }).data ?? null;

type Details = HistoryRow['details'];

/** APPLIED, WAITLISTED, HELD, or SEATED for both statuses of a seat. */
const standing = (value: unknown): string | null =>
  typeof value !== 'string' ? null : value === 'PENDING' || value === 'CONFIRMED' ? 'SEATED' : value;
/** Entries of older servers only say whether it was a seat. */
const seatOr = (value: unknown, { seated }: Details) => standing(value) ?? (seated === false ? 'WAITLISTED' : 'SEATED');
const before = (details: Details) => seatOr(details.was, details);
const after = (details: Details) => seatOr(details.status, details);
const seat = ({ heldUntil }: Details) => (heldUntil === undefined ? 'SEATED' : 'HELD');
const status = (from: string | null, to: string | null): HistoryChange => ({
  field: 'status',
  before: from,
  after: to,
});

/** What each action of a registration changes. */
const STATUS_CHANGES: Readonly<Record<string, (details: HistoryRow['details']) => HistoryChange>> = {
  'registration.seated': () => status(null, 'SEATED'),
  'registration.waiting': () => status(null, 'WAITLISTED'),
  'registration.applied': () => status(null, 'APPLIED'),
  'registration.accepted': (details) => status('APPLIED', after(details)),
  'registration.rejected': () => status('APPLIED', 'ENDED'),
  'registration.promoted': (details) => status('WAITLISTED', seat(details)),
  'registration.confirmed': () => status('HELD', 'SEATED'),
  'registration.expired': () => status('HELD', 'ENDED'),
  'registration.redeemed': ({ was }) => status(standing(was), 'SEATED'),
  'registration.left': (details) => status(before(details), 'ENDED'),
  'registration.team-too-small': (details) => status(before(details), 'ENDED'),
  'registration.removed': (details) => status(before(details), 'ENDED'),
  'registration.no-show': (details) => status(before(details), 'ENDED'),
  'registration.cancelled': (details) => status(before(details), 'ENDED'),
  'registration.erased': (details) => status(before(details), 'ENDED'),
  'registration.reinstated': (details) => status('ENDED', after(details)),
};

const role = (before: unknown, after: unknown): HistoryChange => ({
  field: 'role',
  before: plainValue(before),
  after: plainValue(after),
});

/** Who comes or goes has one role, either after it or before. */
const ROLE_CHANGES: Readonly<Record<string, (details: HistoryRow['details']) => HistoryChange>> = {
  'staff.invited': (details) => role(null, details.role),
  'staff.joined': (details) => role(null, details.role),
  'staff.left': (details) => role(details.role, null),
  'staff.removed': (details) => role(details.role, null),
};

/** The other two shapes of details: one changed value as `before` and `after`, or several by field as `from` and `to`. */
function changesOf(action: string, details: HistoryRow['details']): HistoryChange[] {
  const change = STATUS_CHANGES[action] ?? ROLE_CHANGES[action];
  if (change !== undefined) return [change(details)];
  if (action === 'registration.answered') return answeredQuestions(details);
  if (action === 'team.renamed')
    return [{ field: 'name', before: plainValue(details.before), after: plainValue(details.name) }];
  if ('before' in details || 'after' in details)
    return [{ field: fieldOf(action), before: plainValue(details.before), after: plainValue(details.after) }];
  const { changes } = details;
  if (!isRecord(changes)) return [];
  return Object.entries(changes).map(([field, value]) =>
    isRecord(value)
      ? { field, before: plainValue(value.from), after: plainValue(value.to) }
      : { field, before: null, after: null },
  );
}

/** Which questions were answered differently. The answers are not in the log. */
const answeredQuestions = ({ questions }: HistoryRow['details']): HistoryChange[] =>
  Array.isArray(questions) ? questions.map((label) => ({ field: String(label), before: null, after: null })) : [];

const fieldOf = (action: string): string =>
  action === 'competition.note_changed'
    ? 'note'
    : action.startsWith('staff.')
      ? 'role'
      : action.includes('visibility')
        ? 'visibility'
        : 'value';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Details are written by many versions: what is no plain value is shown as text. */
function plainValue(value: unknown): HistoryValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(String);
  return JSON.stringify(value);
}
