import { ensurePermission, STAFF_ACCESS, type StaffAccess } from '../../competitions/staff/staff-access.js';
import type { Announcement } from '../../platform/database/generated/client.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';

/** Without the lock of the competition: what the staff writes concerns no seat, and people who register need not wait. */
export async function ensureMayAnnounce(tx: Tx, competitionId: string, { userId }: Principal): Promise<void> {
  const [access] = await tx.$queryRawUnsafe<StaffAccess[]>(STAFF_ACCESS, competitionId, userId);
  ensurePermission(access, 'announce');
}

/** The row is the lock of the announcement: editing, sending, stopping and each batch of messages wait for each other. */
export async function lockAnnouncement(tx: Tx, competitionId: string, id: string): Promise<Announcement> {
  await tx.$executeRaw`SELECT FROM announcements WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const announcement = await tx.announcement.findFirst({ where: { id, competitionId } });
  if (announcement === null) throw new DomainError('ANNOUNCEMENT_NOT_FOUND');
  return announcement;
}

export async function lockDraft(tx: Tx, competitionId: string, id: string): Promise<Announcement> {
  const announcement = await lockAnnouncement(tx, competitionId, id);
  if (announcement.requestedAt !== null) throw new DomainError('ANNOUNCEMENT_SENT');
  return announcement;
}
