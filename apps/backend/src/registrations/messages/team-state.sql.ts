import { isCalledOff } from '../../competitions/acts/pending-acts.js';
import { IS_WAITLISTED } from '../../registry/registration-statuses.js';

/** Of a team `t`, its competition `c` and its active registration `r`, which may be missing. */
const STATE_COLUMNS = `
  c.id AS "competitionId", c.title, c.start_date AS "startDate", c.end_date AS "endDate", c.location,
  ${isCalledOff('c')} OR c.deleted_at IS NOT NULL AS "isCancelled",
  jsonb_build_object('id', t.id, 'name', t.name, 'captainId', t.captain_id, 'captain', captain.name) AS team,
  c.team_min AS "teamMin", c.confirm_within_seconds IS NOT NULL AS "mustConfirm", teams_lock(c) AS "locksAt",
  c.teams_locked_at IS NOT NULL OR teams_lock(c) <= clock_timestamp() AS "isLocked",
  (SELECT count(*)::int FROM team_members m WHERE m.team_id = t.id AND m.left_at IS NULL) AS members,
  r.id AS "registrationId", r.held_until AS "heldUntil",
  CASE
    WHEN r.status IS NULL THEN 'UNREGISTERED'
    WHEN r.status IN ('PENDING', 'CONFIRMED') THEN 'SEATED'
    ELSE r.status::text
  END AS standing,
  CASE WHEN r.status ${IS_WAITLISTED} THEN (
    SELECT count(*)::int FROM registrations w
    WHERE w.competition_id = r.competition_id AND w.status ${IS_WAITLISTED} AND w.admission <= r.admission
  ) END AS position`;

const JOINS = `
  JOIN competitions c ON c.id = t.competition_id
  JOIN users captain ON captain.id = t.captain_id
  LEFT JOIN registrations r ON r.team_id = t.id AND r.status <> 'CANCELLED'`;

/** For the membership `$1`. */
export const READ_MEMBER = `
  SELECT ${STATE_COLUMNS}, member.id AS "memberId", member.user_id AS "userId", u.name, member.left_how AS "leftHow",
         living.team_id IS NOT NULL AS "isInAnyTeam", living.team_id = t.id IS TRUE AS "isInThisTeam"
  FROM team_members member
  JOIN users u ON u.id = member.user_id
  JOIN teams t ON t.id = member.team_id
  LEFT JOIN team_members living
    ON living.user_id = member.user_id AND living.competition_id = member.competition_id AND living.left_at IS NULL
  ${JOINS}
  WHERE member.id = $1`;

/** For the active registration `$1`. */
export const READ_TEAM = `SELECT ${STATE_COLUMNS} FROM teams t ${JOINS} WHERE r.id = $1`;
