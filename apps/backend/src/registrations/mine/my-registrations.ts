import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import type { MyRegistrationsQuery } from '@mini-compete/shared/registrations';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { SUMMARY } from '../../competitions/catalog/summary.sql.js';
import { POOL } from '../../platform/database/pool.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageText } from '../../platform/pagination/page-text.js';

const WHICH: Record<MyRegistrationsQuery['status'], string> = {
  active: `r.status <> 'CANCELLED'`,
  ended: `r.status = 'CANCELLED'`,
  all: 'true',
};

const listOf = (which: string) => `
SELECT r.id, row_to_json(shown)::text AS text
FROM registrations r
JOIN competitions c ON c.id = r.competition_id
JOIN users o ON o.id = c.organizer_id
CROSS JOIN LATERAL (
  SELECT r.id AS "registrationId", r.status,
         CASE r.status WHEN 'WAITLISTED' THEN (
           SELECT count(*)::int FROM registrations b
           WHERE b.competition_id = r.competition_id AND b.status = 'WAITLISTED' AND b.admission <= r.admission
         ) END AS position,
         iso_instant(r.registered_at) AS "registeredAt",
         iso_instant(r.promoted_at) AS "promotedAt",
         iso_instant(r.ended_at) AS "endedAt",
         r.end_reason AS "endReason",
         ${SUMMARY} AS competition
) shown
WHERE r.user_id = $1 AND ${which} AND ($2::uuid IS NULL OR r.id < $2)
ORDER BY r.id DESC
LIMIT $3`;

const countOf = (which: string) => `
SELECT count(*)::int AS total
FROM (SELECT FROM registrations r WHERE r.user_id = $1 AND ${which} LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}) own`;

const AfterId = z.strictObject({ id: z.uuid() });

/** What a person is, waits to be, or was in: newest first, as the text that goes out. */
@Injectable()
export class MyRegistrations {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async list(userId: string, { status, cursor, limit }: MyRegistrationsQuery): Promise<string> {
    const after = decodeCursor(AfterId, cursor)?.id ?? null;
    const which = WHICH[status];
    const [{ rows }, { rows: counted }] = await Promise.all([
      this.pool.query<{ id: string; text: string }>({
        name: `registrations_of_user_${status}`,
        text: listOf(which),
        values: [userId, after, limit + 1],
      }),
      this.pool.query<{ total: number }>({
        name: `count_registrations_of_user_${status}`,
        text: countOf(which),
        values: [userId],
      }),
    ]);
    return pageText(
      rows,
      limit,
      ({ text }) => text,
      ({ id }) => ({ id }),
      counted[0]?.total ?? 0,
    );
  }
}
