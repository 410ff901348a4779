import { may, type Permission, type StaffRole } from '@mini-compete/shared/permissions';
import type { Competition } from '../../platform/database/generated/client.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { IS_DRAFT } from '../visibility/visibility.sql.js';

/** A request has 3 s; this leaves time for the statements after the lock. */
const STATEMENT_TIMEOUT_MS = 2_500;

/** `role` is null for people who are not on the staff. */
export interface StaffAccess {
  readonly role: StaffRole | null;
  readonly isDraft: boolean;
}

/** Admins have the rights of an owner. Of the account `u` and its row `s` of `competition_staff`, if there is one. */
export const ROLE = `CASE u.role WHEN 'ADMIN' THEN 'OWNER' ELSE s.role::text END AS role`;

/** The access of user `$2` to competition `$1`; no row for an unknown competition. */
export const STAFF_ACCESS = `
SELECT ${ROLE}, ${IS_DRAFT} AS "isDraft"
FROM competitions c
LEFT JOIN users u ON u.id = $2::uuid
LEFT JOIN competition_staff s ON s.competition_id = c.id AND s.user_id = u.id
WHERE c.id = $1::uuid AND c.deleted_at IS NULL`;

/** People who are not on the staff must not learn that a draft exists. */
export function ensurePermission(access: StaffAccess | undefined, permission: Permission): StaffRole {
  if (access === undefined || (access.isDraft && access.role === null)) throw new DomainError('COMPETITION_NOT_FOUND');
  const { role } = access;
  if (role === null) throw new DomainError('FORBIDDEN', { detail: { key: 'notStaff' } });
  ensureRoleMay(role, permission);
  return role;
}

export function ensureRoleMay(role: StaffRole, permission: Permission): void {
  if (!may(role, permission)) throw new DomainError('FORBIDDEN', { detail: { key: 'staffRole' } });
}

/** With the role of the person who locked it. */
export type LockedCompetition = Competition & { readonly staffRole: StaffRole };

/**
 * Locks the competition, whose row is the lock of its seats and of its staff: what is read after this stays true until
 * the commit.
 */
export async function lockCompetition(tx: Tx, id: string): Promise<void> {
  // Not lock_timeout: behind other waiting transactions a statement waits for two locks, and it applies to each.
  await tx.$executeRaw`SELECT set_config('statement_timeout', ${`${STATEMENT_TIMEOUT_MS}ms`}, true)`;
  await tx.$executeRaw`SELECT FROM competitions WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
}

/** Checks the permission again under the lock, because it may have been revoked after PermissionGuard checked it. */
export async function lockAsStaff(
  tx: Tx,
  id: string,
  { userId }: Pick<Principal, 'userId'>,
  permission: Permission,
): Promise<LockedCompetition> {
  await lockCompetition(tx, id);
  const [access] = await tx.$queryRawUnsafe<StaffAccess[]>(STAFF_ACCESS, id, userId);
  const staffRole = ensurePermission(access, permission);
  return { ...(await tx.competition.findUniqueOrThrow({ where: { id } })), staffRole };
}
