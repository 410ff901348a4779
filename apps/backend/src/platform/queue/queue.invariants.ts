/** What must hold at any moment. Each query answers with the rows that break it: none. */
export interface Invariant {
  readonly id: string;
  readonly says: string;
  readonly sql: string;
}

export const QUEUE_INVARIANTS: readonly Invariant[] = [
  {
    id: 'I6',
    says: 'one mailbox row per recipient, kind, subject and occurrence',
    sql: `
      SELECT user_id, kind, about_id, occurrence FROM mailbox_messages
      GROUP BY user_id, kind, about_id, occurrence HAVING count(*) > 1`,
  },
  {
    id: 'I6',
    says: 'a message that is sent began to be sent, and a message on its way has its job',
    sql: `
      SELECT m.id FROM mailbox_messages m
      WHERE m.delivery IN ('SENT', 'SENDING', 'UNKNOWN') AND m.sending_at IS NULL
         OR m.delivery = 'QUEUED' AND NOT EXISTS (
           SELECT FROM outbox o
           WHERE o.settled_at IS NULL AND o.job = 'send' AND o.payload = jsonb_build_object('messageId', m.id))`,
  },
  {
    id: 'I7',
    says: 'every registration has its confirmation, in the mailbox or on its way',
    sql: `
      SELECT r.id FROM registrations r
      WHERE NOT EXISTS (
        SELECT FROM mailbox_messages m
        WHERE m.user_id = r.user_id AND m.about_id = r.id AND m.kind IN ('CONFIRMED', 'PROMOTED', 'WAITING')
      ) AND NOT EXISTS (
        SELECT FROM outbox o
        WHERE o.job IN ('confirmation', 'waiting') AND o.payload = jsonb_build_object('registrationId', r.id)
          AND (o.settled_at IS NULL OR EXISTS (SELECT FROM failed_jobs f WHERE f.outbox_id = o.id))
      )`,
  },
  {
    id: 'I7',
    says: 'who has a seat that was told of is confirmed',
    sql: `
      SELECT r.id FROM registrations r
      JOIN mailbox_messages m ON m.user_id = r.user_id AND m.about_id = r.id AND m.kind IN ('CONFIRMED', 'PROMOTED')
      WHERE r.status = 'PENDING'`,
  },
  {
    id: 'I8',
    says: 'a job is pending, done or dead: never two of these, never none',
    sql: `
      -- Dead and pending at once.
      SELECT o.id FROM outbox o JOIN failed_jobs f ON f.outbox_id = o.id
      WHERE o.settled_at IS NULL AND f.settled_as IS DISTINCT FROM 'REPLAYED'
      UNION ALL
      -- Neither pending nor dead, and its effect is missing.
      SELECT o.id FROM outbox o
      WHERE o.settled_at IS NOT NULL AND NOT EXISTS (SELECT FROM failed_jobs f WHERE f.outbox_id = o.id)
        AND (
          o.job IN ('confirmation', 'waiting', 'left', 'removed') AND NOT EXISTS (
            SELECT FROM registrations r JOIN mailbox_messages m ON m.user_id = r.user_id AND m.about_id = r.id
            WHERE r.id = (o.payload->>'registrationId')::uuid AND m.kind = ANY (
              CASE o.job WHEN 'confirmation' THEN ARRAY['CONFIRMED', 'PROMOTED'] ELSE ARRAY[upper(o.job)] END::"MessageKind"[]))
          OR o.job = 'send' AND EXISTS (
            SELECT FROM mailbox_messages m
            WHERE m.id = (o.payload->>'messageId')::uuid AND m.delivery IN ('QUEUED', 'SENDING')
              AND NOT EXISTS (
                SELECT FROM outbox p WHERE p.settled_at IS NULL AND p.job = 'send' AND p.payload = o.payload))
          OR o.job = 'cancelled' AND EXISTS (
            SELECT FROM competitions c
            WHERE c.id = (o.payload->>'competitionId')::uuid AND c.registrations_ended_at IS NULL
              AND c.cancelled_at IS NOT NULL)
        )`,
  },
];
