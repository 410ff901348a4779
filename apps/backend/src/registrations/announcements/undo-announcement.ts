import { refundQuota } from '../../accounts/quotas/daily-quotas.js';
import type { UndoEffect } from '../../competitions/acts/undo-effect.js';
import { AnnouncementParams } from './announcement-params.js';

/** It is a draft again, and counts for no quota. */
export const UNDO_ANNOUNCEMENT: UndoEffect = {
  kind: 'ANNOUNCEMENT',
  action: 'announcement.undone',
  async undo(tx, { competitionId, params }) {
    const { announcementId } = AnnouncementParams.parse(params);
    const { requestedAt, quotaUsed } = await tx.announcement.findUniqueOrThrow({ where: { id: announcementId } });
    const { organizerId } = await tx.competition.findUniqueOrThrow({ where: { id: competitionId } });
    if (requestedAt !== null)
      await refundQuota(tx, { userId: organizerId, quota: 'ANNOUNCEMENTS', count: quotaUsed, at: requestedAt });
    await tx.$executeRaw`
      UPDATE announcements SET requested_at = NULL, preview_id = NULL, quota_used = 0 WHERE id = ${announcementId}::uuid`;
  },
};
