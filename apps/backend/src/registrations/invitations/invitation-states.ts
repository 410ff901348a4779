import { IS_DRAFT } from '../../competitions/visibility/visibility.sql.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { HOLDS_SEAT } from '../../registry/registration-statuses.js';
import type { InvitationState } from './invitation.rules.js';

interface Reading {
  readonly id: string;
  readonly userId: string;
}

/** `LATERAL (… LIMIT 1)`, so that the planner can only choose an index lookup: it is read under the competition's lock. */
const STATES = `
SELECT e.n::integer - 1 AS at, i.id, i.competition_id AS "competitionId", c.title,
       iso_instant(c.start_date) AS "startDate", c.location,
       inviter.name AS "invitedBy", i.message, iso_instant(i.expires_at) AS "expiresAt",
       c.requires_answers AS "requiresAnswers", i.outcome,
       i.email = u.email AS "isForReader", u.email_verified_at IS NOT NULL AS "isVerified",
       u.role = 'PARTICIPANT' AS "isParticipant",
       EXISTS (
         SELECT FROM competition_staff s WHERE s.competition_id = c.id AND s.user_id = u.id
       ) AS "isStaff",
       c.deleted_at IS NOT NULL OR ${IS_DRAFT} AS "isHidden", c.cancelled_at IS NOT NULL AS "isCancelled",
       i.expires_at <= clock_timestamp() AS "isExpired",
       coalesce(r.status ${HOLDS_SEAT}, false) AS "holdsSeat", r.id AS "registrationId", r.status AS "registrationStatus"
FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS e (invitation_id, user_id, n)
CROSS JOIN LATERAL (SELECT * FROM invitations WHERE id = e.invitation_id LIMIT 1) i
CROSS JOIN LATERAL (SELECT * FROM competitions WHERE id = i.competition_id LIMIT 1) c
CROSS JOIN LATERAL (SELECT * FROM users WHERE id = e.user_id LIMIT 1) u
LEFT JOIN LATERAL (SELECT * FROM users WHERE id = i.invited_by_id LIMIT 1) inviter ON true
LEFT JOIN LATERAL (
  SELECT * FROM registrations WHERE user_id = u.id AND competition_id = c.id AND status <> 'CANCELLED' LIMIT 1
) r ON true`;

/** By the place of the reading in the list. None for an unknown invitation. */
export async function findStates(tx: Tx, readings: readonly Reading[]): Promise<ReadonlyMap<number, InvitationState>> {
  const states = await tx.$queryRawUnsafe<(InvitationState & { at: number })[]>(
    STATES,
    readings.map(({ id }) => id),
    readings.map(({ userId }) => userId),
  );
  return new Map(states.map(({ at, ...state }) => [at, state]));
}

export async function getState(tx: Tx, reading: Reading): Promise<InvitationState> {
  const state = (await findStates(tx, [reading])).get(0);
  if (state === undefined) throw new DomainError('INVITATION_NOT_FOUND');
  return state;
}

/** By invitation. */
export async function findCompetitions(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await tx.$queryRaw<{ id: string; competitionId: string }[]>`
    SELECT id, competition_id AS "competitionId" FROM invitations WHERE id = ANY (${ids}::uuid[])`;
  return new Map(found.map(({ id, competitionId }) => [id, competitionId]));
}
