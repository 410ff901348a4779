import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import type { RegistrantsQuery } from '@mini-compete/shared/registrations';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { HAS_ENDED, IS_SEATED, IS_WAITLISTED } from '../../registry/registration-statuses.js';

export type RegistrantsFilter = Pick<RegistrantsQuery, 'status' | 'search'>;

/** A registrant as JSON text. `admission` is the position for the cursor. */
export interface RegistrantText {
  readonly admission: string;
  readonly text: string;
}

/** One SELECT per partial index, each in the order of admission. */
const PARTS: Record<RegistrantsQuery['status'], readonly string[]> = {
  seated: [IS_SEATED],
  waiting: [IS_WAITLISTED],
  ended: [HAS_ENDED],
  active: [IS_SEATED, IS_WAITLISTED],
  all: [IS_SEATED, IS_WAITLISTED, HAS_ENDED],
};

const MATCHES_SEARCH = `(strpos(plain_text(u.name), plain_text($2)) > 0 OR strpos(u.email, lower($2)) > 0)`;

/** Registrations of competition `$1`, which match `$2` if there is search text. */
const matching = ({ status, search }: RegistrantsFilter, columns: string, where: string, rest: string) =>
  PARTS[status]
    .map(
      (part) => `(
      SELECT ${columns} FROM registrations r${search ? ' JOIN users u ON u.id = r.user_id' : ''}
      WHERE r.competition_id = $1 AND r.status ${part} AND ${search ? MATCHES_SEARCH : '$2::text IS NULL'} ${where} ${rest})`,
    )
    .join(' UNION ALL ');

const pageQuery = (filter: RegistrantsFilter) => `
  WITH page AS MATERIALIZED (
    SELECT * FROM (${matching(filter, 'r.*', 'AND r.admission > $3', 'ORDER BY r.admission LIMIT $4')}) parts
    ORDER BY admission
    LIMIT $4
  ), waitlist AS (
    SELECT r.id, row_number() OVER (ORDER BY r.admission)::int AS position
    FROM registrations r
    WHERE r.competition_id = $1 AND r.status ${IS_WAITLISTED}
      AND r.admission <= (SELECT max(admission) FROM page WHERE status ${IS_WAITLISTED})
  )
  SELECT p.admission::text AS admission, row_to_json(fields)::text AS text
  FROM page p
  JOIN users u ON u.id = p.user_id
  LEFT JOIN waitlist ON waitlist.id = p.id
  CROSS JOIN LATERAL (
    SELECT p.id AS "registrationId", u.id AS "userId", u.name, u.email, p.status, waitlist.position,
           iso_instant(p.registered_at) AS "registeredAt",
           iso_instant(p.promoted_at) AS "promotedAt",
           iso_instant(p.ended_at) AS "endedAt",
           p.end_reason AS "endReason",
           p.removal_reason AS "removalReason"
  ) fields
  ORDER BY p.admission`;

const countQuery = (filter: RegistrantsFilter) => `
  SELECT count(*)::int AS total FROM (
    SELECT FROM (${matching(filter, '1', '', '')}) parts LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}
  ) counted`;

/** Registrants in the order of admission. */
@Injectable()
export class RegistrantsRepository {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async page(
    competitionId: string,
    filter: RegistrantsFilter,
    after: string,
    limit: number,
  ): Promise<RegistrantText[]> {
    const { rows } = await this.pool.query<RegistrantText>({
      name: statementName('registrants', filter),
      text: pageQuery(filter),
      values: [competitionId, filter.search || null, after, limit],
    });
    return rows;
  }

  async count(competitionId: string, filter: RegistrantsFilter): Promise<number> {
    const { rows } = await this.pool.query<{ total: number }>({
      name: statementName('registrants_total', filter),
      text: countQuery(filter),
      values: [competitionId, filter.search || null],
    });
    return rows[0]?.total ?? 0;
  }
}

const statementName = (kind: string, { status, search }: RegistrantsFilter) =>
  `${kind}_${status}${search ? '_searched' : ''}`;
