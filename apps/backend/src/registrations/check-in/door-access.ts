import { may } from '@mini-compete/shared/permissions';
import { ensurePermission, STAFF_ACCESS, type StaffAccess } from '../../competitions/staff/staff-access.js';
import type { Queryable } from '../../platform/database/transaction.js';

/**
 * Whether the scans of a person count. `null`: their role has ended, and a manager decides. Scans of a device that was
 * offline must not be lost because a role ended meanwhile. Everybody else is refused, as by PermissionGuard.
 */
export async function acceptsScansOf(db: Queryable, competitionId: string, userId: string): Promise<true | null> {
  const { rows } = await db.query<StaffAccess>({
    name: 'staff_access',
    text: STAFF_ACCESS,
    values: [competitionId, userId],
  });
  const [access] = rows;
  if (access !== undefined && may(access.role, 'checkIn')) return true;
  if (access !== undefined && (await hasScanned(db, competitionId, userId))) return null;
  ensurePermission(access, 'checkIn');
  return true;
}

async function hasScanned(db: Queryable, competitionId: string, userId: string): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'has_scanned',
    text: `SELECT FROM check_in_doors WHERE competition_id = $1 AND $2::uuid = ANY (scanner_ids)
           UNION ALL
           SELECT FROM check_ins WHERE competition_id = $1 AND scanner_id = $2
           LIMIT 1`,
    values: [competitionId, userId],
  });
  return rowCount === 1;
}
