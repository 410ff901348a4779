import type { StaffRole } from '@mini-compete/shared/permissions';
import type { StaffMember } from '@mini-compete/shared/staff';
import { Prisma } from '../../platform/database/generated/client.js';
import type { Tx } from '../../platform/database/prisma.service.js';

/** An invitation in the database, with the name of the person who invited. */
export interface InvitationRow {
  readonly id: string;
  readonly email: string;
  readonly role: StaffRole;
  readonly invitedBy: string | null;
  readonly invitedAt: string;
  readonly expiresAt: string;
}

const MEMBER = `
  s.id, s.user_id AS "userId", u.name, u.email, s.role, iso_instant(s.created_at) AS since
FROM competition_staff s JOIN users u ON u.id = s.user_id`;

const INVITATION = `
  i.id, i.email, i.role, inviter.name AS "invitedBy", iso_instant(i.invited_at) AS "invitedAt",
  iso_instant(i.expires_at) AS "expiresAt"
FROM staff_invitations i LEFT JOIN users inviter ON inviter.id = i.invited_by_id`;

/** Of a row `i` of `staff_invitations`. */
export const IS_OPEN = 'i.withdrawn_at IS NULL AND i.accepted_at IS NULL AND i.expires_at > clock_timestamp()';

/** Roles in the order of their declaration: owners first. */
export const listMembers = (tx: Tx, competitionId: string): Promise<StaffMember[]> =>
  tx.$queryRawUnsafe(`SELECT ${MEMBER} WHERE s.competition_id = $1::uuid ORDER BY s.role, s.id`, competitionId);

export const listOpenInvitations = (tx: Tx, competitionId: string): Promise<InvitationRow[]> =>
  tx.$queryRawUnsafe(
    `SELECT ${INVITATION} WHERE i.competition_id = $1::uuid AND ${IS_OPEN} ORDER BY i.id`,
    competitionId,
  );

/** By the id of the membership, or by the person. */
export async function findMember(
  tx: Tx,
  competitionId: string,
  { id = null, userId = null }: { readonly id?: string | null; readonly userId?: string | null },
): Promise<StaffMember | null> {
  const rows = await tx.$queryRawUnsafe<StaffMember[]>(
    `SELECT ${MEMBER} WHERE s.competition_id = $1::uuid AND (s.id = $2::uuid OR s.user_id = $3::uuid)`,
    competitionId,
    id,
    userId,
  );
  return rows[0] ?? null;
}

export async function hasMemberWithEmail(tx: Tx, competitionId: string, email: string): Promise<boolean> {
  return (await tx.competitionStaff.count({ where: { competitionId, user: { email } } })) > 0;
}

/** Owners `o` who can act: a competition must not depend on one whose account is disabled. */
export const ACTIVE_OWNERS = Prisma.sql`
  competition_staff o JOIN users u ON u.id = o.user_id AND o.role = 'OWNER' AND u.disabled_at IS NULL`;

export async function countOtherOwners(tx: Tx, competitionId: string, userId: string): Promise<number> {
  const [{ others }] = await tx.$queryRaw<[{ others: number }]>`
    SELECT count(*)::int AS others FROM ${ACTIVE_OWNERS}
    WHERE o.competition_id = ${competitionId}::uuid AND o.user_id <> ${userId}::uuid`;
  return others;
}

/**
 * Invites the address, or renews its invitation: the old link then works for another seven days. An expired invitation
 * is renewed too, since the index allows one per address that is neither withdrawn nor accepted.
 */
export async function upsertInvitation(
  tx: Tx,
  competitionId: string,
  { email, role }: Pick<InvitationRow, 'email' | 'role'>,
  invitedById: string,
): Promise<InvitationRow> {
  const [{ id }] = await tx.$queryRaw<[{ id: string }]>`
    INSERT INTO staff_invitations (competition_id, email, role, invited_by_id, invited_at, expires_at)
    VALUES (${competitionId}::uuid, ${email}, ${role}::"StaffRole", ${invitedById}::uuid, clock_timestamp(),
            clock_timestamp() + interval '7 days')
    ON CONFLICT (competition_id, email) WHERE withdrawn_at IS NULL AND accepted_at IS NULL DO UPDATE
      SET role = excluded.role, invited_by_id = excluded.invited_by_id, invited_at = excluded.invited_at,
          expires_at = excluded.expires_at
    RETURNING id`;
  const [invitation] = await tx.$queryRawUnsafe<[InvitationRow]>(`SELECT ${INVITATION} WHERE i.id = $1::uuid`, id);
  return invitation;
}

/** Returns the ids of the invitations that were open: the given one, or all that the person has sent. */
export async function withdrawInvitations(
  tx: Tx,
  competitionId: string,
  { id = null, invitedById = null }: { readonly id?: string | null; readonly invitedById?: string | null },
): Promise<string[]> {
  const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
    `UPDATE staff_invitations i SET withdrawn_at = clock_timestamp()
     WHERE i.competition_id = $1::uuid AND (i.id = $2::uuid OR i.invited_by_id = $3::uuid) AND ${IS_OPEN}
     RETURNING i.id`,
    competitionId,
    id,
    invitedById,
  );
  return rows.map((row) => row.id);
}

/**
 * The organizer is one of the owners: servers of the previous version and pages name this one. Without an owner who
 * can act it fails, because a competition has an organizer.
 */
export async function passOnOrganizer(tx: Tx, competitionIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE competitions c SET organizer_id = (
      SELECT o.user_id FROM ${ACTIVE_OWNERS} WHERE o.competition_id = c.id ORDER BY o.created_at, o.id LIMIT 1
    )
    WHERE c.id = ANY (${competitionIds}::uuid[]) AND NOT EXISTS (
      SELECT FROM competition_staff s
      WHERE s.competition_id = c.id AND s.user_id = c.organizer_id AND s.role = 'OWNER'
    )`;
}
