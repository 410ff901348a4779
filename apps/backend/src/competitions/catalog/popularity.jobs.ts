import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import { type JobHandlers, scheduled } from '../../platform/queue/handler.js';

/** Small, because a competition's row is the lock of its seats: registering waits until the batch has committed. */
const BATCH_SIZE = 100;

/** Updates the rank behind `sort=popular`: registrations of the last week; those of the last day count three times. */
@Injectable()
export class PopularityJobs implements JobHandlers {
  readonly handlers;

  constructor(@Inject(POOL) pool: pg.Pool) {
    this.handlers = [
      scheduled(pool, 'popularity', async () => {
        const bound = await pool.query<{ id: string }>(LOWEST_RECENT_ID);
        const { rows } = await pool.query<{ id: string; rank: number }>(CHANGED_RANKS, [bound.rows[0]?.id]);
        for (let i = 0; i < rows.length; i += BATCH_SIZE) {
          const batch = rows.slice(i, i + BATCH_SIZE);
          await pool.query(UPDATE_UNLOCKED_ROWS, [batch.map(({ id }) => id), batch.map(({ rank }) => rank)]);
        }
        return { text: 'popularity', values: { count: rows.length } };
      }),
    ];
  }
}

/**
 * Ids increase with time, so the last week is a range at the end of the primary key. A query of its own, because
 * `uuidv7()` is volatile: a comparison with the call itself cannot use the index and reads all registrations.
 */
const LOWEST_RECENT_ID = `SELECT uuidv7(interval '-7 days') AS id`;

const CHANGED_RANKS = `
  WITH recent AS (
    SELECT competition_id, count(*) + 2 * count(*) FILTER (WHERE registered_at > now() - interval '1 day') AS rank
    FROM registrations
    WHERE id > $1
    GROUP BY competition_id
  )
  SELECT c.id, coalesce(r.rank, 0)::float AS rank
  FROM competitions c LEFT JOIN recent r ON r.competition_id = c.id
  WHERE c.deleted_at IS NULL AND c.popularity <> coalesce(r.rank, 0)`;

/** Skips locked rows until the next run: this job must not wait while it holds locks that registering needs. */
const UPDATE_UNLOCKED_ROWS = `
  WITH unlocked AS (
    SELECT c.id, n.rank FROM competitions c
    JOIN unnest($1::uuid[], $2::float[]) AS n (id, rank) ON n.id = c.id
    ORDER BY c.id
    FOR NO KEY UPDATE OF c SKIP LOCKED
  )
  UPDATE competitions c SET popularity = unlocked.rank FROM unlocked WHERE c.id = unlocked.id`;
