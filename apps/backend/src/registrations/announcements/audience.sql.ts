import type { Audience } from '@mini-compete/shared/announcements';
import { ACTIVE } from '@mini-compete/shared/registration-status';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';

/** For `$2` of `AUDIENCE`: statuses and reasons of the end. */
export const statusesOf = (audience: Audience): readonly string[] =>
  'everyone' in audience ? ACTIVE : audience.statuses;

/**
 * The people of competition `$1` whose registration has one of the statuses `$2`; of several registrations of a person, the
 * active one counts, or else the last one. `left_out` says why somebody gets nothing.
 */
export const AUDIENCE = `
  SELECT r.user_id, r.id AS registration_id, u.name, u.language, u.time_zone,
         CASE WHEN u.erased_at IS NOT NULL THEN 'ACCOUNT_DELETED'
              WHEN u.disabled_at IS NOT NULL THEN 'ACCOUNT_DISABLED'
              WHEN o.user_id IS NOT NULL THEN 'UNSUBSCRIBED'
              WHEN b.user_id IS NOT NULL THEN 'ADDRESS_BOUNCED' END AS left_out
  FROM (
    SELECT DISTINCT ON (user_id) user_id, id, status, end_reason FROM registrations
    WHERE competition_id = $1::uuid
    ORDER BY user_id, (status ${IS_ACTIVE}) DESC, id DESC
  ) r
  JOIN users u ON u.id = r.user_id
  LEFT JOIN announcement_opt_outs o ON o.user_id = r.user_id AND o.competition_id = $1::uuid
  LEFT JOIN bounced_addresses b ON b.user_id = r.user_id AND b.email = u.email
  WHERE r.status::text = ANY ($2::text[]) OR r.end_reason::text = ANY ($2::text[])`;
