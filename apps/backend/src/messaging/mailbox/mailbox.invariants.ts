import type { Invariant } from '../../registry/invariant.js';

export const MAILBOX_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I6',
    rule: 'one mailbox row per recipient, kind, subject and occurrence',
    sql: `
      SELECT user_id, kind, about_id, occurrence FROM mailbox_messages
      GROUP BY user_id, kind, about_id, occurrence HAVING count(*) > 1`,
  },
  {
    id: 'I6',
    rule: 'a sent message has a time at which sending began, and a queued message has its job',
    sql: `
      SELECT m.id FROM mailbox_messages m
      WHERE m.delivery IN ('SENT', 'SENDING', 'UNKNOWN') AND m.sending_at IS NULL
         OR m.delivery = 'QUEUED' AND NOT EXISTS (
           SELECT FROM outbox o
           WHERE o.settled_at IS NULL AND o.job = 'send' AND o.payload = jsonb_build_object('messageId', m.id))`,
  },
  {
    id: 'I8',
    rule: 'the message of a settled "send" job is neither queued nor being sent',
    sql: `
      SELECT o.id FROM outbox o
      JOIN mailbox_messages m ON m.id = (o.payload->>'messageId')::uuid
      WHERE o.job = 'send' AND o.settled_at IS NOT NULL AND m.delivery IN ('QUEUED', 'SENDING')
        AND NOT EXISTS (SELECT FROM failed_jobs f WHERE f.outbox_id = o.id)
        AND NOT EXISTS (
          SELECT FROM outbox p WHERE p.settled_at IS NULL AND p.job = 'send' AND p.payload = o.payload)`,
  },
];
