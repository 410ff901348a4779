import type { LockedCompetition } from '../../competitions/staff/staff-access.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import type { ProblemDetail } from '../../platform/errors/domain-error.js';
import { DomainError } from '../../platform/errors/domain-error.js';

/** What the sending of invitations and the committing of an import have in common. */
export interface People {
  /** In lower case, each once. */
  readonly emails: readonly string[];
  /** Null where unknown. */
  readonly names: readonly (string | null)[];
  readonly expiresAt: string;
  readonly message: string | null;
  readonly importId: string | null;
}

export interface InviteResult {
  readonly invitationId: string | null;
  readonly verdict: 'INVITED' | 'ALREADY_INVITED' | 'ALREADY_REGISTERED' | 'STAFF_CANNOT_REGISTER';
}

/** Only while people can take part: otherwise an invitation would lead to a page that they cannot see or act on. */
export function ensureTakesInvitations({ cancelledAt, visibility, teamMax }: LockedCompetition): void {
  if (cancelledAt !== null) throw new DomainError('COMPETITION_CANCELLED');
  if (teamMax !== null) throw new DomainError('NOT_FOR_TEAMS');
  if (visibility === 'DRAFT') throw new DomainError('REGISTRATION_NOT_OPEN', { detail: { key: 'publishFirst' } });
}

/** By the clock of the database. A seat cannot be reserved beyond the start. */
export async function ensureExpiry(tx: Tx, { id }: LockedCompetition, expiresAt: string): Promise<void> {
  const [{ isPast, isTooLate }] = await tx.$queryRaw<[{ isPast: boolean; isTooLate: boolean }]>`
    SELECT ${expiresAt}::timestamptz <= clock_timestamp() AS "isPast",
           coalesce(${expiresAt}::timestamptz > start_date, false) AS "isTooLate"
    FROM competitions WHERE id = ${id}::uuid`;
  const key = isPast ? 'rule.inFuture' : isTooLate ? 'rule.untilStart' : null;
  if (key !== null) throw new DomainError('VALIDATION_FAILED', { errors: [{ path: 'expiresAt', key }] });
}

/**
 * Reserves a seat for each address that needs an invitation, or for none. In the order of the addresses. The caller holds
 * the lock of the competition.
 */
export async function reserveSeats(
  tx: Tx,
  { id, waiting }: LockedCompetition,
  { emails, names, expiresAt, message, importId }: People,
  actorId: string,
): Promise<InviteResult[]> {
  const rows = await tx.$queryRaw<(InviteResult & { free: number; lacking: number })[]>`
    SELECT verdict, invitation_id AS "invitationId", free, lacking
    FROM invite_v1(${id}::uuid, ${emails}::text[], ${names}::text[], ${expiresAt}::timestamptz, ${message},
                   ${importId}::uuid, ${importId === null}, ${actorId}::uuid)
    ORDER BY n`;
  const [first] = rows;
  if (first !== undefined && first.lacking > 0) {
    const { free } = first;
    const detail: ProblemDetail =
      free === 0 && waiting > 0 ? { key: 'waitlistFirst' } : { key: 'seatsFree', count: free };
    throw new DomainError('CAPACITY_TOO_SMALL', { detail, extra: { free } });
  }
  return rows.map(({ verdict, invitationId }) => ({ verdict, invitationId }));
}
