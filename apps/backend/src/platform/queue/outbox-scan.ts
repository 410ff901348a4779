import type pg from 'pg';
import type { QueueName } from '../../registry/jobs.js';

export interface OutboxRow {
  readonly id: string;
  readonly queue: QueueName;
  readonly job: string;
  readonly payload: unknown;
}

interface ClaimedRow extends OutboxRow {
  readonly wasDueAt: Date;
}
/** Without a claimed row, one row that has only the time. */
type Row = { readonly now: Date } & (ClaimedRow | { readonly id: null });

/** Transactions that took less than this have committed when the scan passes the time at which their rows were due. */
const OVERLAP_MS = 2_000;
/** Full scans take at most about this share of the time, and one waits at least this long for the next. */
const FULL_SCAN_SHARE = 0.02;
const MIN_FULL_SCAN_DELAY_MS = 5_000;

/**
 * Claims due rows with an index scan that starts where the previous one ended. Claimed rows leave dead index entries
 * behind, and while a backup holds an old snapshot nothing removes them: a scan from the beginning would read all of them
 * each time. A row that becomes due behind the start, because its transaction was long or another relay died, is found by
 * the next full scan.
 */
export class OutboxScan {
  private readonly statement: { readonly name: string; readonly text: string };
  private start: Date | '-infinity' = '-infinity';
  private nextFullScanAt = 0;

  constructor(
    private readonly pool: pg.Pool,
    name: string,
    condition = 'settled_at IS NULL',
  ) {
    this.statement = { name, text: claimSql(condition) };
  }

  async claim(limit: number): Promise<OutboxRow[]> {
    const startedAt = performance.now();
    const isFullScan = startedAt >= this.nextFullScanAt;
    const values = [limit, isFullScan ? '-infinity' : this.start];
    const { rows } = await this.pool.query<Row>({ ...this.statement, values });
    const claimed = rows.filter((row): row is ClaimedRow & Row => row.id !== null);

    const now = (rows[0] as Row).now.getTime();
    const isExhausted = claimed.length < limit;
    const lastDueAt = isExhausted ? now : Math.max(...claimed.map(({ wasDueAt }) => wasDueAt.getTime()));
    this.start = new Date(Math.min(lastDueAt, now - OVERLAP_MS));
    if (isFullScan) {
      const endedAt = performance.now();
      this.nextFullScanAt = endedAt + Math.max(MIN_FULL_SCAN_DELAY_MS, (endedAt - startedAt) / FULL_SCAN_SHARE);
    }
    return claimed;
  }
}

/**
 * FOR UPDATE SKIP LOCKED in the inner select lets several relays claim different rows. The lease starts at 30 s and
 * grows with the age of the row, so that a backlog behind an unavailable mail server is not dispatched all the time.
 */
const claimSql = (condition: string) => `
  WITH claimed AS (
    UPDATE outbox o
    SET due_at = now() + least(greatest(now() - o.created_at, interval '30 seconds'), interval '5 minutes'),
        handed_at = now()
    FROM (
      SELECT id FROM outbox
      WHERE ${condition} AND due_at BETWEEN $2::timestamptz AND now()
      ORDER BY due_at
      LIMIT $1
      FOR UPDATE SKIP LOCKED
    ) due
    WHERE o.id = due.id
    RETURNING o.id, o.queue, o.job, o.payload, OLD.due_at AS "wasDueAt"
  )
  SELECT claimed.*, now() AS now FROM (SELECT) one LEFT JOIN claimed ON true`;
