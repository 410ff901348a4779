/** The message to the recipient `r` of an announcement. LATERAL, so that each is looked up by the index of its key. */
export const MESSAGE_OF_RECIPIENT = `LATERAL (
    SELECT m.delivery FROM mailbox_messages m
    WHERE m.user_id = r.user_id AND m.kind = 'ANNOUNCEMENT' AND m.about_id = r.announcement_id AND m.occurrence = ''
    LIMIT 1
  ) m`;

/** Of `announcements a`; derived and never stored. */
const STATE = `
  CASE WHEN a.stopped_at IS NOT NULL THEN 'STOPPED'
       WHEN a.finished_at IS NOT NULL THEN 'SENT'
       WHEN a.frozen_at IS NOT NULL THEN 'SENDING'
       WHEN a.requested_at IS NOT NULL THEN 'PENDING'
       ELSE 'DRAFT' END`;

/** The fields of a summary. `handled` is the position of the last recipient whose message is written. */
export const SUMMARY_COLUMNS = `
  a.id, ${STATE} AS state, a.subject, a.audience, a.on_page AS "onPage", a.version,
  (SELECT nullif(name, '') FROM users WHERE id = a.author_id) AS author,
  iso_instant(a.created_at) AS "createdAt", iso_instant(a.updated_at) AS "updatedAt",
  iso_instant(a.frozen_at) AS "sentAt", iso_instant(a.stopped_at) AS "stoppedAt",
  CASE WHEN a.frozen_at IS NOT NULL THEN jsonb_build_object(
    'recipients', a.recipients, 'written', a.handled, 'skipped', a.skipped, 'notIncluded', a.not_included
  ) END AS progress`;
