import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import type { EntrantsQuery } from '@mini-compete/shared/registrations';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';

export type RegistrantsFilter = Pick<EntrantsQuery, 'status' | 'search'>;

/** An entrant as JSON text, and the place after which the next page begins. */
export interface RegistrantText {
  readonly admission: string;
  readonly text: string;
}

const SEATED = `r.status IN ('PENDING', 'CONFIRMED')`;
const WAITING = `r.status = 'WAITLISTED'`;
const ENDED = `r.status = 'CANCELLED'`;

/** Each part has an index in the order of admission (`registrations_seated`, `_in_line`, `_ended`). */
const PARTS: Record<EntrantsQuery['status'], readonly string[]> = {
  seated: [SEATED],
  waiting: [WAITING],
  ended: [ENDED],
  active: [SEATED, WAITING],
  all: [SEATED, WAITING, ENDED],
};

const SEARCHED = `(strpos(plain_text(u.name), plain_text($2)) > 0 OR strpos(u.email, lower($2)) > 0)`;

/** Registrations of competition `$1`, of each part the first `most`, that match `$2` if anything is searched for. */
const found = ({ status, search }: RegistrantsFilter, columns: string, where: string, rest: string) =>
  PARTS[status]
    .map(
      (part) => `(
      SELECT ${columns} FROM registrations r${search ? ' JOIN users u ON u.id = r.user_id' : ''}
      WHERE r.competition_id = $1 AND ${part} AND ${search ? SEARCHED : '$2::text IS NULL'} ${where} ${rest})`,
    )
    .join(' UNION ALL ');

const pageOf = (filter: RegistrantsFilter) => `
  WITH page AS MATERIALIZED (
    SELECT * FROM (${found(filter, 'r.*', 'AND r.admission > $3', 'ORDER BY r.admission LIMIT $4')}) parts
    ORDER BY admission
    LIMIT $4
  ), line AS (
    SELECT r.id, row_number() OVER (ORDER BY r.admission)::int AS position
    FROM registrations r
    WHERE r.competition_id = $1 AND ${WAITING}
      AND r.admission <= (SELECT max(admission) FROM page WHERE status = 'WAITLISTED')
  )
  SELECT p.admission::text AS admission, row_to_json(shown)::text AS text
  FROM page p
  JOIN users u ON u.id = p.user_id
  LEFT JOIN line ON line.id = p.id
  CROSS JOIN LATERAL (
    SELECT p.id AS "registrationId", u.id AS "userId", u.name, u.email, p.status, line.position,
           iso_instant(p.registered_at) AS "registeredAt",
           iso_instant(p.promoted_at) AS "promotedAt",
           iso_instant(p.ended_at) AS "endedAt",
           p.end_reason AS "endReason",
           p.removal_reason AS "removalReason"
  ) shown
  ORDER BY p.admission`;

const countOf = (filter: RegistrantsFilter) => `
  SELECT count(*)::int AS total FROM (
    SELECT FROM (${found(filter, '1', '', '')}) parts LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}
  ) counted`;

/** Who is in, in the order of admission. */
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
      name: nameOf('entrants', filter),
      text: pageOf(filter),
      values: [competitionId, filter.search || null, after, limit],
    });
    return rows;
  }

  async count(competitionId: string, filter: RegistrantsFilter): Promise<number> {
    const { rows } = await this.pool.query<{ total: number }>({
      name: nameOf('entrants_total', filter),
      text: countOf(filter),
      values: [competitionId, filter.search || null],
    });
    return rows[0]?.total ?? 0;
  }
}

const nameOf = (kind: string, { status, search }: RegistrantsFilter) => `${kind}_${status}${search ? '_searched' : ''}`;
