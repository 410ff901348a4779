import type { Audience } from '@mini-compete/shared/announcements';
import { ACTIVE } from '@mini-compete/shared/registration-status';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';

/** `$1` to `$3` of `AUDIENCE`. */
export const audienceValues = (competitionId: string, audience: Audience): [string, readonly string[], string] =>
  'everyone' in audience
    ? [competitionId, ACTIVE, '[]']
    : [competitionId, audience.statuses, JSON.stringify(audience.answers ?? [])];

/** Whether registration `r` has one of the answers to each question of the filters `$3`. */
const HAS_ANSWERS = `NOT EXISTS (
    SELECT FROM jsonb_to_recordset($3::jsonb) wanted (question text, "anyOf" jsonb)
    WHERE NOT EXISTS (
      SELECT FROM registration_answers a
      WHERE a.registration_id = r.id AND CASE jsonb_typeof(a.answers->question)
        WHEN 'array' THEN EXISTS (
          SELECT FROM jsonb_array_elements_text(a.answers->question) chosen (option) WHERE "anyOf" ? option)
        ELSE "anyOf" ? (a.answers->>question) END))`;

/**
 * The people of competition `$1` whose registration has one of the statuses or reasons of the end `$2`, and the answers
 * `$3`; of several registrations of a person, the active one counts, or else the last one. `left_out` says why somebody
 * gets nothing.
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
  WHERE (r.status::text = ANY ($2::text[]) OR r.end_reason::text = ANY ($2::text[])) AND ${HAS_ANSWERS}`;
