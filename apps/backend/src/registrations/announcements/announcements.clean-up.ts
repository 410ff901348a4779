import type { CleanUpRule } from '../../registry/clean-up-rule.js';

/** Kept for a day, for somebody who previews in the evening and sends in the morning; a pending one needs ten seconds. */
export const ANNOUNCEMENTS_CLEAN_UP: readonly CleanUpRule[] = [
  {
    table: 'announcement_previews',
    expired: `created_at < now() - interval '1 day' AND NOT EXISTS (
      SELECT FROM announcements a WHERE a.preview_id = announcement_previews.id AND a.frozen_at IS NULL)`,
  },
];
