import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import type { RegistrantSort, RegistrantsQuery } from '@mini-compete/shared/registrations';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { HAS_APPLIED, HAS_ENDED, IS_HELD, IS_SEATED, IS_WAITLISTED } from '../../registry/registration-statuses.js';
import { answerValues, chosePart, filtersAnswers } from '../questions/answer-filter.sql.js';
import { MEMBERS_OF_TEAM } from '../team-members/members.sql.js';

export type RegistrantsFilter = Pick<RegistrantsQuery, 'status' | 'search' | 'question' | 'answer' | 'checkedIn'> & {
  /** Whether the competition asks anything: for the others, nothing is read. */
  readonly withAnswers?: boolean;
  /** Whether there may be registrations of teams: for the other competitions, nothing is joined. */
  readonly ofTeams?: boolean;
  /** Also what each member of a team has answered. */
  readonly withMemberAnswers?: boolean;
  /** Whether a door has been opened: before, nobody has come in. */
  readonly withCheckIns?: boolean;
};

/** A registrant as JSON text. `admission` and `id` are positions for cursors. */
export interface RegistrantText {
  readonly admission: string;
  readonly id: string;
  readonly text: string;
  /** As JSON; null for a person. */
  readonly team: string | null;
}

/** Where a page begins: after an admission number, or in the order of names after a registration. */
interface PageStart {
  readonly sort: RegistrantSort;
  /** Null for the first page. */
  readonly after: string | null;
  readonly limit: number;
}

/** One SELECT per partial index, each in the order of admission. */
const PARTS: Record<RegistrantsQuery['status'], readonly string[]> = {
  seated: [IS_SEATED],
  held: [IS_HELD],
  waiting: [IS_WAITLISTED],
  applied: [HAS_APPLIED],
  ended: [HAS_ENDED],
  active: [IS_SEATED, IS_HELD, IS_WAITLISTED, HAS_APPLIED],
  all: [IS_SEATED, IS_HELD, IS_WAITLISTED, HAS_APPLIED, HAS_ENDED],
};

const MATCHES_SEARCH = `strpos(plain_text(u.name), plain_text($2)) > 0 OR strpos(u.email, lower($2)) > 0`;
/** Team `t`: its name, or one of its members. */
const TEAM_MATCHES_SEARCH = `strpos(plain_text(t.name), plain_text($2)) > 0 OR EXISTS (
  SELECT FROM ${MEMBERS_OF_TEAM} WHERE ${MATCHES_SEARCH})`;

const matchesSearch = ({ ofTeams }: RegistrantsFilter) =>
  ofTeams ? `(CASE WHEN t.id IS NULL THEN ${MATCHES_SEARCH} ELSE ${TEAM_MATCHES_SEARCH} END)` : `(${MATCHES_SEARCH})`;

/** Of a team: the captain. */
const withUser = ({ ofTeams }: RegistrantsFilter, registration: string) =>
  ofTeams
    ? `LEFT JOIN teams t ON t.id = ${registration}.team_id JOIN users u ON u.id = coalesce(${registration}.user_id, t.captain_id)`
    : `JOIN users u ON u.id = ${registration}.user_id`;

const entryOf = (registration: string, user: string) => `
    FROM check_ins e LEFT JOIN check_in_doors d ON d.competition_id = e.competition_id AND d.id = e.door_id
    WHERE e.registration_id = ${registration} AND e.user_id = ${user} AND e.result = 'WELCOME'`;

/** When and where the person has come in, as JSON; null for who has not. */
const checkInOf = (registration: string, user: string) =>
  `(SELECT json_build_object('at', iso_instant(e.at), 'door', coalesce(d.name, '')) ${entryOf(registration, user)})`;

/** Registrations of which somebody has come in, or has not. */
const camePart = ({ checkedIn }: RegistrantsFilter): string =>
  checkedIn === undefined
    ? ''
    : `AND EXISTS (
    SELECT FROM registration_people p
    WHERE p.registration_id = r.id AND ${checkedIn ? '' : 'NOT '}EXISTS (SELECT ${entryOf('r.id', 'p.user_id')}))`;

/** Registrations of competition `$1`, which match `$2` if there is search text. */
const matching = (
  filter: RegistrantsFilter,
  { columns, where = '', rest = '', joinsUser = false, answerAt }: Part,
): string => {
  const { status, search } = filter;
  const answered = chosePart(filter, answerAt, { ofTeams: filter.ofTeams ?? false });
  return PARTS[status]
    .map(
      (part) => `(
      SELECT ${columns} FROM registrations r${search || joinsUser ? ` ${withUser(filter, 'r')}` : ''}
      WHERE r.competition_id = $1 AND r.status ${part} AND ${search ? matchesSearch(filter) : '$2::text IS NULL'} ${answered} ${camePart(filter)} ${where} ${rest})`,
    )
    .join(' UNION ALL ');
};

interface Part {
  readonly columns: string;
  readonly where?: string;
  readonly rest?: string;
  readonly joinsUser?: boolean;
  /** The number of the first of the two parameters for the filter by an answer. */
  readonly answerAt: number;
}

/** By admission, a page is read from the indexes. By name or address, all registrants of the competition are sorted. */
const SORT_KEYS: Record<RegistrantSort, { readonly key: 'name' | 'email' | null; readonly direction: 'ASC' | 'DESC' }> =
  {
    registered: { key: null, direction: 'ASC' },
    '-registered': { key: null, direction: 'DESC' },
    name: { key: 'name', direction: 'ASC' },
    '-name': { key: 'name', direction: 'DESC' },
    email: { key: 'email', direction: 'ASC' },
    '-email': { key: 'email', direction: 'DESC' },
  };

const sortKey = (key: 'name' | 'email', { ofTeams }: RegistrantsFilter): string =>
  key === 'email' ? 'u.email' : ofTeams ? 'plain_text(coalesce(t.name, u.name))' : 'plain_text(u.name)';

const MAX_BIGINT = '9223372036854775807';

export const sortsByAdmission = (sort: RegistrantSort): boolean => SORT_KEYS[sort].key === null;

/** The rows of a page, with `$3` as its start and `$4` as its size. */
function pageRows(filter: RegistrantsFilter, sort: RegistrantSort): string {
  const { key: by, direction } = SORT_KEYS[sort];
  const follows = direction === 'ASC' ? '>' : '<';
  if (by === null) {
    const order = `ORDER BY admission ${direction} LIMIT $4`;
    // Not "$3 IS NULL OR …": a plan for every $3 would read each page from the first registration on.
    const where = `AND r.admission ${follows} coalesce($3::bigint, ${direction === 'ASC' ? '0' : MAX_BIGINT})`;
    return `SELECT * FROM (${matching(filter, { columns: 'r.*', where, rest: order, answerAt: 5 })}) parts ${order}`;
  }
  const key = sortKey(by, filter);
  // The name at the start is read again: a cursor with the name in it would be longer than a cursor may be.
  const start = `(SELECT ${key}, r.admission FROM registrations r ${withUser(filter, 'r')}
                  WHERE r.id = $3::uuid AND r.competition_id = $1)`;
  return `
    SELECT parts.* FROM (
      ${matching(filter, { columns: `r.*, ${key} AS sort_key`, joinsUser: true, answerAt: 5, where: `AND ($3::uuid IS NULL OR (${key}, r.admission) ${follows} ${start})` })}
    ) parts
    ORDER BY sort_key ${direction}, admission ${direction}
    LIMIT $4`;
}

/** Team `t` as JSON; null for the registration of a person. */
const teamOf = (
  { withMemberAnswers, withCheckIns }: RegistrantsFilter,
  registration: string,
) => `CASE WHEN t.id IS NOT NULL THEN json_build_object(
    'id', t.id, 'name', t.name, 'captainId', t.captain_id,
    'members', (
      SELECT coalesce(json_agg(json_build_object(
        'userId', u.id, 'name', u.name, 'email', CASE WHEN u.erased_at IS NULL THEN u.email ELSE '' END
        ${withMemberAnswers ? `, 'answers', (SELECT answers FROM team_member_answers WHERE member_id = m.id)` : ''}
        ${withCheckIns ? `, 'checkIn', ${checkInOf(registration, 'u.id')}` : ''}
      ) ORDER BY m.joined_at, m.id), '[]')
      FROM ${MEMBERS_OF_TEAM}
    ))::text END`;

const pageQuery = (filter: RegistrantsFilter, sort: RegistrantSort) => `
  WITH page AS MATERIALIZED (
    SELECT rows.*, row_number() OVER () AS place FROM (${pageRows(filter, sort)}) rows
  ), waitlist AS (
    SELECT r.id, row_number() OVER (ORDER BY r.admission)::int AS position
    FROM registrations r
    WHERE r.competition_id = $1 AND r.status ${IS_WAITLISTED}
      AND r.admission <= (SELECT max(admission) FROM page WHERE status ${IS_WAITLISTED})
  )
  SELECT p.admission::text AS admission, p.id, row_to_json(fields)::text AS text,
         ${filter.ofTeams ? teamOf(filter, 'p.id') : 'NULL'} AS team
  FROM page p
  ${withUser(filter, 'p')}
  LEFT JOIN waitlist ON waitlist.id = p.id
  ${filter.withAnswers ? 'LEFT JOIN registration_answers a ON a.registration_id = p.id' : ''}
  CROSS JOIN LATERAL (
    SELECT p.id AS "registrationId", u.id AS "userId", ${filter.ofTeams ? 'coalesce(t.name, u.name) AS name' : 'u.name'},
           CASE WHEN u.erased_at IS NULL THEN u.email ELSE '' END AS email, p.status, waitlist.position,
           iso_instant(p.registered_at) AS "registeredAt",
           iso_instant(p.promoted_at) AS "promotedAt",
           iso_instant(p.ended_at) AS "endedAt",
           p.end_reason AS "endReason",
           p.removal_reason AS "removalReason",
           iso_instant(p.held_until) AS "heldUntil"${filter.withAnswers ? ', a.answers' : ''}
           ${filter.withCheckIns ? `, ${checkInOf('p.id', 'p.user_id')} AS "checkIn"` : ''}
  ) fields
  ORDER BY p.place`;

const countQuery = (filter: RegistrantsFilter) => `
  SELECT count(*)::int AS total FROM (
    SELECT FROM (${matching(filter, { columns: '1', answerAt: 3 })}) parts LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}
  ) counted`;

const EXTRAS = `
  SELECT EXISTS (SELECT FROM teams WHERE competition_id = $1) AS "ofTeams",
         EXISTS (SELECT FROM check_in_doors WHERE competition_id = $1) AS "withCheckIns"`;

/** The registrants of a competition. */
@Injectable()
export class RegistrantsRepository {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async page(
    competitionId: string,
    filter: RegistrantsFilter,
    { sort, after, limit }: PageStart,
  ): Promise<RegistrantText[]> {
    const { rows } = await this.pool.query<RegistrantText>({
      name: statementName(`registrants_${sort}`, filter),
      text: pageQuery(filter, sort),
      values: [competitionId, filter.search || null, after, limit, ...answerValues(filter)],
    });
    return rows;
  }

  /** What the rows have beside what all have. Teams also where the competition has become one for persons since. */
  async extras(competitionId: string): Promise<{ ofTeams: boolean; withCheckIns: boolean }> {
    const query = { name: 'registrant_extras', text: EXTRAS, values: [competitionId] };
    const { rows } = await this.pool.query<{ ofTeams: boolean; withCheckIns: boolean }>(query);
    return rows[0] ?? { ofTeams: false, withCheckIns: false };
  }

  async count(competitionId: string, filter: RegistrantsFilter): Promise<number> {
    const { rows } = await this.pool.query<{ total: number }>({
      name: statementName('registrants_total', filter),
      text: countQuery(filter),
      values: [competitionId, filter.search || null, ...answerValues(filter)],
    });
    return rows[0]?.total ?? 0;
  }
}

/** One for each text. PostgreSQL cuts names at 63 characters, so each part of the filter is a letter. */
function statementName(kind: string, filter: RegistrantsFilter): string {
  const { status, search, checkedIn, ofTeams, withMemberAnswers, withAnswers, withCheckIns } = filter;
  const parts = [
    search && 's',
    filtersAnswers(filter) && 'f',
    checkedIn === true && 'c',
    checkedIn === false && 'n',
    ofTeams && 't',
    withMemberAnswers && 'm',
    withAnswers && 'a',
    withCheckIns && 'i',
  ];
  return `${kind}_${status}_${parts.filter((part) => part).join('')}`;
}
