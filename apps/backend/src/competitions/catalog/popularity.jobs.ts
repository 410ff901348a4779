import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import type { JobHandlers } from '../../platform/queue/handler.js';
import { scheduled } from '../../platform/queue/scheduled.js';

/** A competition's row is the lock of its seats: few of them are held at a time. */
const AT_ONCE = 100;

/** The rank behind `sort=popular`: who registered in the last week counts, in the last day three times. */
@Injectable()
export class PopularityJobs implements JobHandlers {
  readonly handlers;

  constructor(@Inject(POOL) pool: pg.Pool) {
    this.handlers = [
      scheduled(pool, 'popularity', async () => {
        const { rows } = await pool.query<{ id: string; rank: number }>(CHANGED);
        for (let i = 0; i < rows.length; i += AT_ONCE) {
          const batch = rows.slice(i, i + AT_ONCE);
          await pool.query(RENEW, [batch.map(({ id }) => id), batch.map(({ rank }) => rank)]);
        }
        return `${rows.length} ranks changed`;
      }),
    ];
  }
}

/** Ids grow with time, so the last week is the end of the primary key and nothing else is read. */
const CHANGED = `
  WITH recent AS (
    SELECT competition_id, count(*) + 2 * count(*) FILTER (WHERE registered_at > now() - interval '1 day') AS rank
    FROM registrations
    WHERE id > uuidv7(interval '-7 days')
    GROUP BY competition_id
  )
  SELECT c.id, coalesce(r.rank, 0)::float AS rank
  FROM competitions c LEFT JOIN recent r ON r.competition_id = c.id
  WHERE c.deleted_at IS NULL AND c.popularity <> coalesce(r.rank, 0)`;

/** A row that somebody holds keeps its rank until the next run: nobody waits for statistics. */
const RENEW = `
  WITH free AS (
    SELECT c.id, n.rank FROM competitions c
    JOIN unnest($1::uuid[], $2::float[]) AS n (id, rank) ON n.id = c.id
    ORDER BY c.id
    FOR NO KEY UPDATE OF c SKIP LOCKED
  )
  UPDATE competitions c SET popularity = free.rank FROM free WHERE c.id = free.id`;
