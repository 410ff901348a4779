import type { Queryable } from '../../platform/database/transaction.js';

const PARTS = {
  account: `
    SELECT id, name, email, new_email AS "newEmail", iso_instant(email_verified_at) AS "emailVerifiedAt", role, language,
           time_zone AS "timeZone", iso_instant(created_at) AS "createdAt"
    FROM users WHERE id = $1`,
  registrations: `
    SELECT r.id AS "registrationId", r.competition_id AS "competitionId", c.title AS competition, r.status,
           iso_instant(r.registered_at) AS "registeredAt", iso_instant(r.promoted_at) AS "promotedAt",
           iso_instant(r.ended_at) AS "endedAt", r.end_reason AS "endReason", r.removal_reason AS "removalReason"
    FROM registrations r JOIN competitions c ON c.id = r.competition_id WHERE r.user_id = $1 ORDER BY r.id`,
  reviewsOfMe: `
    SELECT v.registration_id AS "registrationId", v.score, v.note, iso_instant(v.updated_at) AS "updatedAt"
    FROM application_reviews v JOIN registrations r ON r.id = v.registration_id WHERE r.user_id = $1
    ORDER BY v.registration_id, v.created_at`,
  reviewsByMe: `
    SELECT v.competition_id AS "competitionId", v.registration_id AS "registrationId", v.score, v.note,
           iso_instant(v.updated_at) AS "updatedAt"
    FROM application_reviews v WHERE v.reviewer_id = $1 ORDER BY v.registration_id`,
  answers: `
    SELECT r.competition_id AS "competitionId", q.questions, a.answers, a.consents, iso_instant(a.updated_at) AS "updatedAt"
    FROM registrations r
    JOIN registration_answers a ON a.registration_id = r.id
    LEFT JOIN question_versions q ON q.competition_id = r.competition_id AND q.version = a.questions_version
    WHERE r.user_id = $1 ORDER BY r.id`,
  teams: `
    SELECT t.id AS "teamId", m.competition_id AS "competitionId", c.title AS competition, t.name,
           t.captain_id = m.user_id AS "isCaptain", iso_instant(m.joined_at) AS "joinedAt", iso_instant(m.left_at) AS "leftAt",
           m.left_how AS "leftHow", q.questions, a.answers, a.consents
    FROM team_members m
    JOIN teams t ON t.id = m.team_id
    JOIN competitions c ON c.id = m.competition_id
    LEFT JOIN team_member_answers a ON a.member_id = m.id
    LEFT JOIN question_versions q ON q.competition_id = m.competition_id AND q.version = a.questions_version
    WHERE m.user_id = $1 ORDER BY m.id`,
  /** While the person was a member. What a team has answered is its captain's. */
  teamRegistrations: `
    SELECT r.id AS "registrationId", r.competition_id AS "competitionId", r.team_id AS "teamId", r.status,
           iso_instant(r.registered_at) AS "registeredAt", iso_instant(r.promoted_at) AS "promotedAt",
           iso_instant(r.ended_at) AS "endedAt", r.end_reason AS "endReason", r.removal_reason AS "removalReason",
           CASE WHEN t.captain_id = $1 THEN a.answers END AS answers
    FROM registrations r
    JOIN teams t ON t.id = r.team_id
    LEFT JOIN registration_answers a ON a.registration_id = r.id
    WHERE EXISTS (
      SELECT FROM team_members m WHERE m.team_id = t.id AND m.user_id = $1
        AND m.joined_at <= coalesce(r.ended_at, 'infinity') AND coalesce(m.left_at, 'infinity') >= r.registered_at
    )
      AND r.team_id IN (SELECT team_id FROM team_members WHERE user_id = $1)
    ORDER BY r.id`,
  checkIns: `
    SELECT i.competition_id AS "competitionId", c.title AS competition, i.kind, i.result, iso_instant(i.at) AS at, d.name AS door
    FROM check_ins i
    JOIN competitions c ON c.id = i.competition_id
    LEFT JOIN check_in_doors d ON d.competition_id = i.competition_id AND d.id = i.door_id
    WHERE i.user_id = $1 ORDER BY i.at, i.id`,
  doors: `
    SELECT d.competition_id AS "competitionId", d.name, iso_instant(d.opened_at) AS "openedAt"
    FROM check_in_doors d WHERE $1 = ANY (d.scanner_ids) ORDER BY d.opened_at, d.id`,
  staff: `
    SELECT s.competition_id AS "competitionId", c.title AS competition, s.role, iso_instant(s.created_at) AS since
    FROM competition_staff s JOIN competitions c ON c.id = s.competition_id WHERE s.user_id = $1 ORDER BY s.competition_id`,
  invitations: `
    SELECT i.competition_id AS "competitionId", c.title AS competition, i.name, i.message,
           coalesce(i.outcome, 'OPEN') AS outcome, iso_instant(i.created_at) AS "createdAt",
           iso_instant(i.expires_at) AS "expiresAt"
    FROM invitations i JOIN competitions c ON c.id = i.competition_id JOIN users u ON u.email = i.email
    WHERE u.id = $1 ORDER BY i.id`,
  imports: `
    SELECT m.competition_id AS "competitionId", c.title AS competition, r.name, r.verdict, r.outcome,
           iso_instant(m.created_at) AS "createdAt"
    FROM import_rows r JOIN imports m ON m.id = r.import_id JOIN competitions c ON c.id = m.competition_id
    JOIN users u ON u.email = r.email
    WHERE u.id = $1 ORDER BY m.id, r.row`,
  organizerPage: 'SELECT text, links FROM organizer_profiles WHERE user_id = $1',
  messages: `
    SELECT id, kind, title, text, language, competition_id AS "competitionId", iso_instant(created_at) AS "createdAt",
           iso_instant(sent_at) AS "sentAt", iso_instant(read_at) AS "readAt"
    FROM mailbox_messages WHERE user_id = $1 ORDER BY id`,
  unsubscribedFrom: `
    SELECT o.competition_id AS "competitionId", c.title AS competition, iso_instant(o.created_at) AS since
    FROM announcement_opt_outs o JOIN competitions c ON c.id = o.competition_id WHERE o.user_id = $1 ORDER BY o.competition_id`,
  bouncedAddress: `
    SELECT email, code, iso_instant(bounced_at) AS "bouncedAt" FROM bounced_addresses WHERE user_id = $1`,
  sessions: `
    SELECT id, device, address, iso_instant(created_at) AS "createdAt", iso_instant(last_used_at) AS "lastUsedAt",
           iso_instant(ended_at) AS "endedAt"
    FROM sessions WHERE user_id = $1 ORDER BY id`,
  /** Who is captain is about somebody else. Of the account, and of the competitions that the person has to do with: found by an index that exists anyway. */
  history: `
    SELECT iso_instant(a.at) AS at, a.action, a.subject_id AS "subjectId", a.details - 'captainId' AS details
    FROM audit_entries a
    WHERE a.subject_id IN (
        SELECT $1::uuid
        UNION SELECT competition_id FROM registrations WHERE user_id = $1
        UNION SELECT competition_id FROM team_members WHERE user_id = $1
        UNION SELECT competition_id FROM competition_staff WHERE user_id = $1
      ) AND (a.actor_id = $1 OR a.details->>'userId' = $1::text)
    ORDER BY a.id`,
} as const satisfies Record<string, string>;

/** Everything that is stored about a person, as it goes into the export. Null when the account does not exist. */
export async function accountData(db: Queryable, userId: string): Promise<Record<string, unknown> | null> {
  const data: Record<string, unknown> = {};
  for (const [part, sql] of Object.entries(PARTS)) data[part] = (await db.query(sql, [userId])).rows;
  const [account] = data.account as unknown[];
  return account === undefined ? null : { ...data, account };
}
