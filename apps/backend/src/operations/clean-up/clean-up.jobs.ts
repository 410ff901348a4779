import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../../platform/database/pool.js';
import type { JobHandlers } from '../../platform/queue/handler.js';
import { scheduled } from '../../platform/queue/scheduled.js';

const AT_ONCE = 1_000;

/** What may go, each by an index that has it in front. */
const EXPIRED: readonly { table: string; which: string }[] = [
  { table: 'idempotency_records', which: 'expires_at <= now()' },
  // A session ends with its refresh tokens. A week later its owner has no use for having been told of it.
  { table: 'sessions', which: `expires_at < now() - interval '7 days'` },
  { table: 'sessions', which: `ended_at < now() - interval '7 days'` },
  { table: 'password_resets', which: `expires_at < now() - interval '7 days'` },
  { table: 'outbox', which: `settled_at < now() - interval '7 days'` },
  { table: 'failed_jobs', which: `failed_at < now() - interval '30 days'` },
  { table: 'scheduled_runs', which: `started_at < now() - interval '30 days'` },
  { table: 'worker_heartbeats', which: `seen_at < now() - interval '1 day'` },
];

/**
 * Deletes what has expired, in small batches that each commit: killed anywhere, the next run ends at the same end,
 * and nobody waits long for a row.
 */
@Injectable()
export class CleanUpJobs implements JobHandlers {
  readonly handlers;

  constructor(@Inject(POOL) pool: pg.Pool) {
    this.handlers = [scheduled(pool, 'clean-up', () => cleanUp(pool))];
  }
}

export async function cleanUp(pool: pg.Pool): Promise<string> {
  const deleted = new Map<string, number>();
  for (const { table, which } of EXPIRED) {
    // Used refresh tokens of sessions that go on are kept: they are how a stolen one is found out.
    const statement = `
      DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM ${table} WHERE ${which} LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
      ))`;
    for (let count = AT_ONCE; count === AT_ONCE; ) {
      count = (await pool.query(statement)).rowCount ?? 0;
      if (count > 0) deleted.set(table, (deleted.get(table) ?? 0) + count);
    }
  }
  return [...deleted].map(([table, count]) => `${count} ${table}`).join(', ') || 'nothing to do';
}
