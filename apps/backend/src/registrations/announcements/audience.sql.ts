import type { Audience } from '@mini-compete/shared/announcements';
import { ACTIVE } from '@mini-compete/shared/registration-status';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';

/** `$1` to `$5` of `AUDIENCE`. */
export function audienceValues(
  competitionId: string,
  audience: Audience,
): [string, readonly string[], string, readonly string[] | null, boolean | null] {
  if ('everyone' in audience) return [competitionId, ACTIVE, '[]', null, null];
  const { statuses, answers = [], teams = null, checkedIn = null } = audience;
  return [competitionId, statuses, JSON.stringify(answers), teams, checkedIn];
}

/** Whether registration `r`, or the member of its team, has one of the answers to each question of the filters `$3`. */
const HAS_ANSWERS = `NOT EXISTS (
    SELECT FROM jsonb_to_recordset($3::jsonb) wanted (question text, "anyOf" jsonb)
    WHERE NOT EXISTS (
      SELECT FROM (
        SELECT answers FROM registration_answers WHERE registration_id = r.id
        UNION ALL
        SELECT answers FROM team_member_answers WHERE member_id = r.member_id
      ) a
      WHERE CASE jsonb_typeof(a.answers->question)
        WHEN 'array' THEN EXISTS (
          SELECT FROM jsonb_array_elements_text(a.answers->question) chosen (option) WHERE "anyOf" ? option)
        ELSE "anyOf" ? (a.answers->>question) END))`;

/**
 * Each person with each registration for competition `$1`. Who has left a registered team counts as who has left; who left
 * it before it was registered was never in.
 */
const PEOPLE = `
  SELECT user_id, id, status, end_reason::text, NULL::uuid AS team_id, NULL::uuid AS member_id
  FROM registrations WHERE competition_id = $1::uuid AND user_id IS NOT NULL
  UNION ALL
  SELECT m.user_id, r.id, CASE WHEN m.left_at IS NULL THEN r.status ELSE 'CANCELLED' END,
         CASE WHEN m.left_at IS NULL THEN r.end_reason::text ELSE m.left_how END, r.team_id, m.id
  FROM registrations r JOIN team_members m ON m.team_id = r.team_id
  WHERE r.competition_id = $1::uuid AND (m.left_at IS NULL OR m.left_at > r.registered_at)`;

/**
 * The people of competition `$1` whose registration has one of the statuses or reasons of the end `$2`, and the answers
 * `$3`, and are members of one of the teams `$4` and have come in or not `$5`, if not null; of several registrations of a person, the active one counts, or else
 * the last one. `left_out` says why somebody gets nothing.
 */
export const AUDIENCE = `
  SELECT r.user_id, r.id AS registration_id, r.team_id IS NOT NULL AS is_member, u.name, u.language, u.time_zone,
         CASE WHEN u.erased_at IS NOT NULL THEN 'ACCOUNT_DELETED'
              WHEN u.disabled_at IS NOT NULL THEN 'ACCOUNT_DISABLED'
              WHEN o.user_id IS NOT NULL THEN 'UNSUBSCRIBED'
              WHEN b.user_id IS NOT NULL THEN 'ADDRESS_BOUNCED' END AS left_out
  FROM (
    SELECT DISTINCT ON (user_id) * FROM (${PEOPLE}) people
    ORDER BY user_id, (status ${IS_ACTIVE}) DESC, id DESC
  ) r
  JOIN users u ON u.id = r.user_id
  LEFT JOIN announcement_opt_outs o ON o.user_id = r.user_id AND o.competition_id = $1::uuid
  LEFT JOIN bounced_addresses b ON b.user_id = r.user_id AND b.email = u.email
  WHERE (r.status::text = ANY ($2::text[]) OR r.end_reason = ANY ($2::text[])) AND ${HAS_ANSWERS}
    AND ($4::uuid[] IS NULL OR r.team_id = ANY ($4::uuid[]))
    AND ($5::boolean IS NULL OR $5::boolean = EXISTS (
      SELECT FROM check_ins e WHERE e.registration_id = r.id AND e.user_id = r.user_id AND e.result = 'WELCOME'))`;
