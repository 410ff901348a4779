import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import type { Invitation, InvitationsQuery } from '@mini-compete/shared/invitations';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';

type Filter = Pick<InvitationsQuery, 'state' | 'search'>;
type InvitationRow = Omit<Invitation, 'link'>;

/** Of an invitation `i`. One that has expired may not be ended yet. */
const STATE = `CASE
  WHEN i.outcome = 'COMPETITION_CANCELLED' THEN 'cancelled'
  WHEN i.outcome IS NOT NULL THEN lower(i.outcome)
  WHEN i.expires_at <= clock_timestamp() THEN 'expired'
  ELSE 'open'
END`;

/** Of competition `$1`, in state `$2` and with the text `$3` if they are given. */
const MATCHING = `
  i.competition_id = $1 AND ($2::text IS NULL OR ${STATE} = $2)
  AND ($3::text IS NULL OR strpos(i.email, lower($3)) > 0 OR strpos(plain_text(i.name), plain_text($3)) > 0)`;

const PAGE = `
  SELECT i.id, i.email, i.name, ${STATE} AS state, inviter.name AS "invitedBy", iso_instant(i.created_at) AS "createdAt",
         iso_instant(i.sent_at) AS "sentAt", iso_instant(i.expires_at) AS "expiresAt", iso_instant(i.ended_at) AS "endedAt"
  FROM invitations i LEFT JOIN users inviter ON inviter.id = i.invited_by_id
  WHERE ${MATCHING} AND ($4::uuid IS NULL OR i.id < $4)
  ORDER BY i.id DESC LIMIT $5`;

const COUNT = `
  SELECT count(*)::int AS total FROM (
    SELECT FROM invitations i WHERE ${MATCHING} LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}
  ) counted`;

/** As invite_v1 counts them. */
const FREE = `
  SELECT CASE WHEN c.waiting > 0 AND promotes_until(c) > clock_timestamp() THEN 0 ELSE c.seats_left END AS free
  FROM competitions c WHERE c.id = $1`;

@Injectable()
export class InvitationsRepository {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async page(competitionId: string, filter: Filter, after: string | null, limit: number): Promise<InvitationRow[]> {
    const { rows } = await this.pool.query<InvitationRow>(PAGE, [...valuesOf(competitionId, filter), after, limit]);
    return rows;
  }

  async count(competitionId: string, filter: Filter): Promise<number> {
    const { rows } = await this.pool.query<{ total: number }>(COUNT, valuesOf(competitionId, filter));
    return rows[0]?.total ?? 0;
  }

  async countFree(competitionId: string): Promise<number> {
    const { rows } = await this.pool.query<{ free: number }>(FREE, [competitionId]);
    return rows[0]?.free ?? 0;
  }
}

const valuesOf = (competitionId: string, { state, search }: Filter) => [
  competitionId,
  state === 'all' ? null : state,
  search || null,
];
