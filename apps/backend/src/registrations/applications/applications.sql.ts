import type { ApplicationFilter, ApplicationSort, ApplicationsQuery } from '@mini-compete/shared/applications';
import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import { PERMISSIONS } from '@mini-compete/shared/permissions';
import { HAS_APPLIED, HAS_ENDED, IS_HELD, IS_SEATED, IS_WAITLISTED } from '../../registry/registration-statuses.js';
import { chosePart } from '../questions/answer-filter.sql.js';
import { MEMBERS_OF_TEAM } from '../team-members/members.sql.js';

// In all queries, $1 is the competition and $2 the reader.

export type ApplicationsFilter = Pick<ApplicationsQuery, 'show' | 'reviewed' | 'search' | 'question' | 'answer'>;

/** Conditions on a registration `r`, each of which a partial index covers. */
const UNDECIDED = `r.status ${HAS_APPLIED}`;
const SEATED = `r.status ${IS_SEATED} AND r.decided_at IS NOT NULL`;
const HELD = `r.status ${IS_HELD} AND r.decided_at IS NOT NULL`;
const WAITING = `r.status ${IS_WAITLISTED} AND r.decided_at IS NOT NULL`;
const REJECTED = `r.status ${HAS_ENDED} AND r.end_reason = 'REJECTED'`;
const LEFT = `r.status ${HAS_ENDED} AND r.end_reason <> 'REJECTED'`;

const PARTS: Record<ApplicationFilter, readonly string[]> = {
  undecided: [UNDECIDED],
  accepted: [SEATED, HELD],
  waiting: [WAITING],
  rejected: [REJECTED],
  left: [LEFT],
  all: [UNDECIDED, SEATED, HELD, WAITING, REJECTED, LEFT],
};

const REVIEWED_BY_READER = `EXISTS (
  SELECT FROM application_reviews own WHERE own.registration_id = r.id AND own.reviewer_id = $2)`;
const REVIEWED = { yes: REVIEWED_BY_READER, no: `NOT ${REVIEWED_BY_READER}` } as const;

/** Of a team, `u` is its captain. */
const OF_WHOM = `LEFT JOIN teams t ON t.id = r.team_id JOIN users u ON u.id = coalesce(r.user_id, t.captain_id)`;
/** The name of a person, of a team, or of one of its members. */
const MATCHES_SEARCH = `(strpos(plain_text(coalesce(t.name, u.name)), plain_text($3)) > 0 OR t.id IS NOT NULL AND EXISTS (
      SELECT FROM ${MEMBERS_OF_TEAM} WHERE strpos(plain_text(u.name), plain_text($3)) > 0))`;

/** One part of the applications, which match `$3` if there is search text. See chosePart for `answerAt`. */
function matching(filter: ApplicationsFilter, part: string, answerAt: number): string {
  const { reviewed, search } = filter;
  return `
  FROM registrations r${search ? ` ${OF_WHOM}` : ''}
  WHERE r.competition_id = $1 AND ${part}
    AND ${search ? MATCHES_SEARCH : '$3::text IS NULL'}
    AND ${reviewed ? REVIEWED[reviewed] : '$2::uuid IS NOT NULL'} ${chosePart(filter, answerAt, { ofTeams: true })}`;
}

const ANSWER_OF_PAGE = 6;
const ANSWER_OF_TOTAL = 4;

const together = (filter: ApplicationsFilter, select: (part: string) => string) =>
  PARTS[filter.show].map((part) => `(${select(part)})`).join(' UNION ALL ');

/** Where a page begins. */
export interface Position {
  readonly id: string;
  readonly admission: string;
  readonly isUndecided: boolean;
}

/** Read from the indexes: `$4` is the admission number where the page begins, `$5` its size. */
function rowsByAdmission(filter: ApplicationsFilter, direction: 'ASC' | 'DESC', after: Position | null): string {
  const order = `ORDER BY admission ${direction} LIMIT $5`;
  const begin = (part: string) => {
    if (after === null) return '';
    const isUndecided = part === UNDECIDED;
    if (after.isUndecided === isUndecided) return `AND r.admission ${direction === 'ASC' ? '>' : '<'} $4::bigint`;
    // Undecided applications come first.
    return isUndecided ? 'AND false' : '';
  };
  return `
    SELECT * FROM (${together(filter, (part) => `SELECT r.* ${matching(filter, part, ANSWER_OF_PAGE)} ${begin(part)} ${order}`)}) parts
    WHERE $4::bigint IS NULL OR $4::bigint >= 0
    ORDER BY status ${HAS_APPLIED} DESC, admission ${direction} LIMIT $5`;
}

/** Nobody learns the mean of an application that they still have to review, nor its place among the others. */
const MEANS = `
  SELECT v.registration_id, avg(v.score) AS mean, count(*)::int AS reviews, bool_or(v.reviewer_id = $2) AS is_own
  FROM application_reviews v WHERE v.competition_id = $1 GROUP BY 1`;
const IS_VISIBLE = `(r.status NOT ${HAS_APPLIED} OR coalesce(m.is_own, false))`;

/** The smaller, the better. */
const RANK = `
  (r.status NOT ${HAS_APPLIED})::int AS decided,
  CASE WHEN ${IS_VISIBLE} THEN -coalesce(m.mean, 0) ELSE 0 END AS score,
  CASE WHEN ${IS_VISIBLE} THEN -coalesce(m.reviews, 0) ELSE 0 END AS reviews`;

/** All that match are sorted: `$4` is the registration where the page begins, whose rank is read again. */
const rowsByMean = (filter: ApplicationsFilter) => `
  WITH means AS MATERIALIZED (${MEANS}), ranked AS (
    SELECT r.*, ${RANK} FROM (${together(filter, (part) => `SELECT r.* ${matching(filter, part, ANSWER_OF_PAGE)}`)}) r
    LEFT JOIN means m ON m.registration_id = r.id
  )
  SELECT * FROM ranked
  WHERE $4::uuid IS NULL OR (decided, score, reviews, admission) > (
    SELECT decided, score, reviews, admission FROM (
      SELECT r.admission, ${RANK} FROM registrations r LEFT JOIN means m ON m.registration_id = r.id
      WHERE r.id = $4::uuid AND r.competition_id = $1
    ) start)
  ORDER BY decided, score, reviews, admission LIMIT $5`;

/** Team `t` as JSON; null for a person. */
const TEAM = `CASE WHEN t.id IS NOT NULL THEN json_build_object(
    'id', t.id, 'name', t.name, 'captainId', t.captain_id,
    'members', (
      SELECT coalesce(json_agg(json_build_object('userId', u.id, 'name', u.name) ORDER BY m.joined_at, m.id), '[]')
      FROM ${MEMBERS_OF_TEAM}
    ))::text END`;

/** The members of an `Application`, of the registration `r` and the reader `$2`. */
const FIELDS = `
  SELECT r.id AS "registrationId", u.id AS "userId", coalesce(t.name, u.name) AS name, r.seats, r.status,
         iso_instant(r.registered_at) AS "appliedAt", iso_instant(r.decided_at) AS "decidedAt",
         iso_instant(r.held_until) AS "heldUntil", iso_instant(r.ended_at) AS "endedAt", r.end_reason AS "endReason",
         CASE WHEN ${REJECTED} THEN r.removal_reason END AS reason,
         (SELECT json_build_object('score', score, 'note', note) FROM application_reviews
          WHERE registration_id = r.id AND reviewer_id = $2) AS "myReview",
         CASE
           WHEN r.status NOT ${HAS_APPLIED}
             OR EXISTS (SELECT FROM application_reviews WHERE registration_id = r.id AND reviewer_id = $2)
           THEN (
             SELECT json_build_object('count', count(*), 'mean', round(avg(v.score), 2), 'items',
                      coalesce(json_agg(json_build_object(
                        'reviewer', json_build_object('id', v.reviewer_id, 'name', nullif(w.name, '')),
                        'score', v.score, 'note', v.note, 'updatedAt', iso_instant(v.updated_at)
                      ) ORDER BY v.created_at, v.reviewer_id), '[]'))
             FROM application_reviews v JOIN users w ON w.id = v.reviewer_id WHERE v.registration_id = r.id)
         END AS reviews`;

const texts = (rows: string) => `
  WITH page AS MATERIALIZED (SELECT rows.*, row_number() OVER () AS place FROM (${rows}) rows)
  SELECT r.admission::text AS admission, r.id, r.status ${HAS_APPLIED} AS "isUndecided", row_to_json(fields)::text AS text,
         ${TEAM} AS team
  FROM page r ${OF_WHOM} CROSS JOIN LATERAL (${FIELDS}) fields
  ORDER BY r.place`;

export const pageQuery = (filter: ApplicationsFilter, sort: ApplicationSort, after: Position | null) =>
  texts(sort === 'best' ? rowsByMean(filter) : rowsByAdmission(filter, sort === 'newest' ? 'DESC' : 'ASC', after));

/** One application, `$3`. */
export const ONE = texts('SELECT * FROM registrations WHERE competition_id = $1 AND id = $3');

export const totalQuery = (filter: ApplicationsFilter) => `
  SELECT count(*)::int AS total FROM (
    SELECT FROM (${together(filter, (part) => `SELECT 1 ${matching(filter, part, ANSWER_OF_TOTAL)}`)}) parts
    LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}
  ) counted`;

const count = (...parts: readonly string[]) =>
  parts
    .map((part) => `(SELECT count(*)::int FROM registrations r WHERE r.competition_id = $1 AND ${part})`)
    .join(' + ');

export const COUNTS = `
  SELECT ${count(UNDECIDED)} AS undecided, ${count(SEATED, HELD)} AS accepted, ${count(WAITING)} AS waiting,
         ${count(REJECTED)} AS rejected, ${count(LEFT)} AS "left"`;

/** As decide_v1 sees it under the lock. */
export const ROOM = `
  SELECT greatest(c.seats_left - c.waiting - c.waiting_extra_seats, 0) AS free,
         c.waitlist AND promotes_until(c) > clock_timestamp() AS waitlist,
         hold_until(c, clock_timestamp()) IS NOT NULL AS holds
  FROM competitions c WHERE c.id = $1`;

const RANKS_UNREVIEWED = `EXISTS (
  SELECT FROM users u LEFT JOIN competition_staff s ON s.competition_id = $1 AND s.user_id = u.id
  WHERE u.id = $2 AND (u.role = 'ADMIN' OR s.role IN ('${PERMISSIONS.rankUnreviewed.join("', '")}')))`;

/**
 * Of undecided applications that have a review: without one, nobody has said that it is good. At most `$3`. Reviewers get
 * only those that they have reviewed: asking for the best one, the best two and so on would give away the rank of the others.
 */
export const BEST = `
  WITH means AS MATERIALIZED (${MEANS})
  SELECT r.id AS "registrationId", coalesce(t.name, u.name) AS name, r.seats,
         (SELECT count(*)::int FROM registration_people p WHERE p.registration_id = r.id) AS people,
         CASE WHEN ${IS_VISIBLE} THEN round(m.mean, 2)::float8 END AS mean
  FROM means m JOIN registrations r ON r.id = m.registration_id ${OF_WHOM}
  WHERE ${UNDECIDED} AND (m.is_own OR ${RANKS_UNREVIEWED})
  ORDER BY m.mean DESC, m.reviews DESC, r.admission LIMIT $3`;

/** How many BEST leaves out, because the reader still has to review them. */
export const LEFT_OUT = `
  WITH means AS MATERIALIZED (${MEANS})
  SELECT count(*)::int AS unreviewed FROM means m JOIN registrations r ON r.id = m.registration_id
  WHERE ${UNDECIDED} AND NOT m.is_own AND NOT ${RANKS_UNREVIEWED}`;
