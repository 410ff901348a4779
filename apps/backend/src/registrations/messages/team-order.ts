import type { Queryable } from '../../platform/database/transaction.js';
import type { Recipient } from './recipient.js';

/**
 * Locks the order of the living members of the teams whose registrations these are. The registration first: joining and
 * leaving take that lock as well, before the memberships, so nobody comes or goes until the messages are committed.
 * A team that has no members has nobody to write to. With `skip` it does not wait, and leaves out a team of which
 * another transaction holds something: all of its members get a message together, or none does.
 */
export async function lockTeams(
  tx: Queryable,
  registrationIds: readonly string[],
  skip: boolean,
): Promise<Recipient[]> {
  const { rows } = await tx.query<{ id: string }>({
    name: skip ? 'lock_free_teams' : 'lock_teams',
    text: `SELECT id FROM registrations WHERE id = ANY ($1::uuid[]) AND team_id IS NOT NULL ORDER BY id
           FOR NO KEY UPDATE ${skip ? 'SKIP LOCKED' : ''}`,
    values: [registrationIds],
  });
  if (rows.length === 0) return [];
  return lockMembers(tx, skip ? 'OF_FREE_REGISTRATIONS' : 'OF_REGISTRATIONS', [rows.map(({ id }) => id)]);
}

/**
 * The same for the teams of these memberships, whether they are registered or not, and for these memberships themselves,
 * which may have ended: those of members who have left.
 */
export async function lockTeamsOf(tx: Queryable, memberIds: readonly string[]): Promise<Recipient[]> {
  await tx.query(
    `SELECT FROM registrations
     WHERE team_id IN (SELECT team_id FROM team_members WHERE id = ANY ($1::uuid[])) AND status <> 'CANCELLED'
     ORDER BY id
     FOR NO KEY UPDATE`,
    [memberIds],
  );
  return lockMembers(tx, 'OF_TEAMS', [memberIds]);
}

/**
 * All memberships of these people in the competition: a message about an earlier team may be under way. In the order of
 * ids, so that two writers never wait for each other in a circle.
 */
async function lockMembers(
  tx: Queryable,
  which: keyof typeof MEMBERS,
  values: readonly unknown[],
): Promise<Recipient[]> {
  const { rows } = await tx.query<Recipient>({
    name: `lock_members_${which.toLowerCase()}`,
    text: `
      WITH member AS MATERIALIZED (
        SELECT * FROM (${MEMBERS[which]}) m
      ), wanted AS MATERIALIZED (
        SELECT member.*, own.id FROM member, LATERAL (
          SELECT id FROM team_members WHERE user_id = member.user_id AND competition_id = member.competition_id
        ) own
      ), locked AS MATERIALIZED (
        SELECT id, left_at, messages_up_to FROM team_members WHERE id = ANY (ARRAY(SELECT id FROM wanted))
        ORDER BY id
        FOR NO KEY UPDATE ${which === 'OF_FREE_REGISTRATIONS' ? 'SKIP LOCKED' : ''}
      )
      SELECT w.registration_id AS "registrationId", w.member_id AS "memberId", w.user_id AS "userId",
             bool_or(l.id = w.member_id AND l.left_at IS NULL) AS "isMember", max(l.messages_up_to)::float8 AS "messagesUpTo"
      FROM wanted w LEFT JOIN locked l ON l.id = w.id
      WHERE w.registration_id IS NULL OR w.registration_id NOT IN (
        SELECT registration_id FROM wanted WHERE registration_id IS NOT NULL AND id NOT IN (SELECT id FROM locked)
      )
      GROUP BY w.registration_id, w.member_id, w.user_id
      -- Read again after the lock: who has left while this waited for it gets a message about that.
      HAVING bool_or(l.id = w.member_id AND (l.left_at IS NULL OR ${which === 'OF_TEAMS' ? 'l.id = ANY ($1::uuid[])' : 'false'}))`,
    values: [...values],
  });
  return rows;
}

/**
 * Without the members who have joined just now and have no message yet. Theirs will have what this one says, because it is
 * rendered when it is written; told before it, they would never get it.
 */
export async function onlyInformed(tx: Queryable, recipients: readonly Recipient[]): Promise<Recipient[]> {
  const members = recipients.map(({ memberId }) => memberId).filter((id) => id !== null);
  if (members.length === 0) return [...recipients];
  const { rows } = await tx.query<{ id: string }>({
    name: 'informed_members',
    text: `
      SELECT t.id FROM team_members t
      WHERE t.id = ANY ($1::uuid[]) AND EXISTS (
        SELECT FROM mailbox_messages m
        WHERE m.user_id = t.user_id AND (m.about_id = t.id AND m.kind = 'TEAM_JOINED' OR m.about_id IN (
          SELECT id FROM registrations WHERE team_id = t.team_id AND status <> 'CANCELLED'
        ))
      )`,
    values: [members],
  });
  const informed = new Set(rows.map(({ id }) => id));
  return recipients.filter(({ memberId }) => memberId === null || informed.has(memberId));
}

/** LATERAL, so that members are looked up by the index of living members. */
const OF_REGISTRATIONS = `
  SELECT r.id AS registration_id, m.id AS member_id, m.user_id, m.competition_id
  FROM registrations r, LATERAL (
    SELECT id, user_id, competition_id FROM team_members WHERE team_id = r.team_id AND left_at IS NULL
  ) m
  WHERE r.id = ANY ($1::uuid[])`;

const MEMBERS = {
  OF_REGISTRATIONS,
  OF_FREE_REGISTRATIONS: OF_REGISTRATIONS,
  OF_TEAMS: `
    SELECT r.id AS registration_id, m.id AS member_id, m.user_id, m.competition_id
    FROM (SELECT DISTINCT team_id FROM team_members WHERE id = ANY ($1::uuid[])) t
    JOIN team_members m ON m.team_id = t.team_id AND (m.left_at IS NULL OR m.id = ANY ($1::uuid[]))
    LEFT JOIN registrations r ON r.team_id = t.team_id AND r.status <> 'CANCELLED'`,
} as const;
