import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import type { MyRegistrationsQuery } from '@mini-compete/shared/registrations';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { SUMMARY } from '../../competitions/catalog/summary.sql.js';
import { WaitlistPositions } from '../../competitions/catalog/waitlist-positions.js';
import { IS_DRAFT } from '../../competitions/visibility/visibility.sql.js';
import { POOL } from '../../platform/database/pool.js';
import { withMember } from '../../platform/http/json-text.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageText } from '../../platform/pagination/page.js';
import { HAS_ENDED, IS_ACTIVE, IS_HELD, IS_WAITLISTED } from '../../registry/registration-statuses.js';

const FILTERS: Record<MyRegistrationsQuery['status'], string> = {
  active: `r.status ${IS_ACTIVE}`,
  ended: `r.status ${HAS_ENDED}`,
  all: 'true',
};

const listQuery = (filter: string) => `
SELECT r.id, c.id AS "competitionId", CASE WHEN r.status ${IS_WAITLISTED} THEN r.admission END::float8 AS admission,
       row_to_json(fields)::text AS text
FROM registrations r
JOIN competitions c ON c.id = r.competition_id
JOIN users o ON o.id = c.organizer_id
CROSS JOIN LATERAL (
  SELECT r.id AS "registrationId", r.status,
         iso_instant(r.registered_at) AS "registeredAt",
         iso_instant(r.promoted_at) AS "promotedAt",
         iso_instant(r.ended_at) AS "endedAt",
         r.end_reason AS "endReason",
         EXISTS (SELECT FROM registration_answers a WHERE a.registration_id = r.id) AS "hasAnswers",
         CASE WHEN r.status ${IS_HELD} THEN iso_instant(r.held_until) END AS "heldUntil",
         iso_instant(c.decisions_by) AS "decisionsBy",
         iso_instant(promotes_until(c)) AS "promotesUntil",
         ${SUMMARY} AS competition
) fields
WHERE r.user_id = $1 AND ${filter} AND NOT ${IS_DRAFT} AND ($2::uuid IS NULL OR r.id < $2)
ORDER BY r.id DESC
LIMIT $3`;

const countQuery = (filter: string) => `
SELECT count(*)::int AS total
FROM (
  SELECT FROM registrations r JOIN competitions c ON c.id = r.competition_id
  WHERE r.user_id = $1 AND ${filter} AND NOT ${IS_DRAFT}
  LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}
) mine`;

const AfterId = z.strictObject({ id: z.uuid() });

interface Row {
  readonly id: string;
  readonly competitionId: string;
  /** The order on the waitlist; null when the registration is not on it. */
  readonly admission: number | null;
  readonly text: string;
}

/** A participant's registrations, newest first. The database produces the JSON of the response. */
@Injectable()
export class MyRegistrations {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly positions: WaitlistPositions,
  ) {}

  async list(userId: string, { status, cursor, limit }: MyRegistrationsQuery): Promise<string> {
    const after = decodeCursor(AfterId, cursor)?.id ?? null;
    const filter = FILTERS[status];
    const [{ rows }, { rows: counted }] = await Promise.all([
      this.pool.query<Row>({
        name: `registrations_of_user_${status}`,
        text: listQuery(filter),
        values: [userId, after, limit + 1],
      }),
      this.pool.query<{ total: number }>({
        name: `count_registrations_of_user_${status}`,
        text: countQuery(filter),
        values: [userId],
      }),
    ]);
    const items = await Promise.all(
      rows.map(async ({ id, competitionId, admission, text }) => {
        const position = admission === null ? null : await this.positions.get(competitionId, admission);
        return { id, text: withMember(text, 'position', String(position)) };
      }),
    );
    return pageText(
      items,
      limit,
      ({ text }) => text,
      ({ id }) => ({ id }),
      counted[0]?.total ?? 0,
    );
  }
}
