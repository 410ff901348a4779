import type { Invariant } from '../../registry/invariant.js';

export const ANNOUNCEMENT_INVARIANTS: readonly Invariant[] = [
  {
    id: 'BM-02',
    rule: 'nobody but a frozen recipient has an announcement in the mailbox',
    sql: `
      SELECT m.id FROM mailbox_messages m
      WHERE m.kind = 'ANNOUNCEMENT' AND m.occurrence = '' AND NOT EXISTS (
        SELECT FROM announcement_recipients r WHERE r.announcement_id = m.about_id AND r.user_id = m.user_id)`,
  },
  {
    id: 'BM-02',
    rule: 'every recipient of a sent announcement has it in the mailbox, unless the account or the messages were removed',
    sql: `
      SELECT r.announcement_id, r.user_id FROM announcement_recipients r
      JOIN announcements a ON a.id = r.announcement_id AND a.finished_at IS NOT NULL
      JOIN competitions c ON c.id = a.competition_id AND c.messages_removed_at IS NULL
      JOIN users u ON u.id = r.user_id AND u.erased_at IS NULL
      WHERE NOT EXISTS (
        SELECT FROM mailbox_messages m
        WHERE m.user_id = r.user_id AND m.kind = 'ANNOUNCEMENT' AND m.about_id = r.announcement_id AND m.occurrence = '')`,
  },
];
