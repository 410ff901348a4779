import type pg from 'pg';

/** Registrations per statement. */
const PAGE_SIZE = 500;

const ENDED = `
  SELECT id FROM competitions
  WHERE messages_removed_at IS NULL AND coalesce(end_date, start_date, reg_deadline) < now() - $1 * interval '1 day'
  ORDER BY id`;

/** Each message is looked up by its recipient: an index by competition would slow down all writes of messages. */
const DELETE_PAGE = `
  WITH page AS MATERIALIZED (
    SELECT user_id, registered_at, id FROM registrations
    WHERE competition_id = $1 AND (registered_at, id) > ($2::timestamptz, $3::uuid)
    ORDER BY registered_at, id LIMIT $4
  ), answers AS (
    -- What the person agreed to, and that they did, is kept.
    UPDATE registration_answers a SET answers = '{}' FROM page p WHERE a.registration_id = p.id AND a.answers <> '{}'
  ), notes AS (
    -- What reviewers wrote about the person. The scores are kept: they name nobody.
    UPDATE application_reviews v SET note = NULL FROM page p WHERE v.registration_id = p.id AND v.note IS NOT NULL
  ), came AS (
    DELETE FROM check_ins c USING page p WHERE c.registration_id = p.id
  ), deleted AS (
    DELETE FROM mailbox_messages m USING page p WHERE m.user_id = p.user_id AND m.competition_id = $1 RETURNING m.id
  )
  SELECT registered_at AS "registeredAt", id, (SELECT count(*)::int FROM deleted) AS deleted
  FROM page ORDER BY registered_at DESC, id DESC LIMIT 1`;

/** Teams per statement. */
const TEAM_PAGE_SIZE = 50;

/** What the members of teams have got and answered. */
const DELETE_TEAM_PAGE = `
  WITH page AS MATERIALIZED (
    SELECT id FROM teams WHERE competition_id = $1 AND id > $2::uuid ORDER BY id LIMIT $3
  ), members AS MATERIALIZED (
    SELECT m.id, m.user_id FROM page p JOIN team_members m ON m.team_id = p.id
  ), answers AS (
    UPDATE team_member_answers a SET answers = '{}' FROM members m WHERE a.member_id = m.id AND a.answers <> '{}'
  ), deleted AS (
    DELETE FROM mailbox_messages x USING members m WHERE x.user_id = m.user_id AND x.competition_id = $1 RETURNING x.id
  )
  SELECT id, (SELECT count(*)::int FROM deleted) AS deleted FROM page ORDER BY id DESC LIMIT 1`;

interface Page {
  readonly registeredAt: Date | '-infinity';
  readonly id: string;
  readonly deleted: number;
}
type TeamPage = Pick<Page, 'id' | 'deleted'>;
const START: Page = { registeredAt: '-infinity', id: '00000000-0000-0000-0000-000000000000', deleted: 0 };

/** Deletes the messages, answers, notes of reviewers and check-ins of competitions that ended longer ago, in pages that each commit. Returns how many messages. */
export async function removeOldMessages(pool: pg.Pool, retentionDays: number): Promise<number> {
  const { rows: ended } = await pool.query<{ id: string }>(ENDED, [retentionDays]);
  let total = 0;
  for (const { id } of ended) {
    for (let page: Page | undefined = START; page !== undefined; total += page?.deleted ?? 0)
      page = (await pool.query<Page>(DELETE_PAGE, [id, page.registeredAt, page.id, PAGE_SIZE])).rows[0];
    for (let page: TeamPage | undefined = START; page !== undefined; total += page?.deleted ?? 0)
      page = (await pool.query<TeamPage>(DELETE_TEAM_PAGE, [id, page.id, TEAM_PAGE_SIZE])).rows[0];
    await removeInvited(pool, id);
    await pool.query('UPDATE competitions SET messages_removed_at = now() WHERE id = $1', [id]);
  }
  return total;
}

/**
 * Messages to people who were only invited, invitations that gave nobody a seat, and the addresses of the others: their
 * rows keep the order of admission right.
 */
async function removeInvited(pool: pg.Pool, competitionId: string): Promise<void> {
  const statements = [
    `DELETE FROM mailbox_messages m USING invitations i, users u
     WHERE i.competition_id = $1 AND u.email = i.email AND m.user_id = u.id AND m.competition_id = $1`,
    'DELETE FROM invitations WHERE competition_id = $1 AND registration_id IS NULL AND ended_at IS NOT NULL',
    `UPDATE invitations SET email = '', name = NULL, message = NULL
     WHERE competition_id = $1 AND registration_id IS NOT NULL`,
    'DELETE FROM imports WHERE competition_id = $1',
    'DELETE FROM check_in_doors WHERE competition_id = $1',
  ];
  for (const statement of statements) await pool.query(statement, [competitionId]);
}
