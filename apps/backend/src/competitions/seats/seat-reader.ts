import type { AdmissionMode } from '@mini-compete/shared/seats';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataLoader } from '../../platform/concurrency/data-loader.js';
import { POOL } from '../../platform/database/pool.js';
import { DatabaseClock } from '../../platform/time/database-clock.js';
import { IS_DRAFT } from '../visibility/visibility.sql.js';

/** What the events of a competition are derived from. */
export interface CompetitionSnapshot {
  readonly seatsLeft: number;
  readonly waiting: number;
  readonly waitingExtraSeats: number;
  readonly regOpensAt: Date | null;
  readonly regDeadline: Date;
  readonly cancelledAt: Date | null;
  readonly admissionMode: AdmissionMode;
  readonly nextExpiryAt: Date | null;
  readonly version: number;
  /** Only its staff may see it. */
  readonly isDraft: boolean;
}

export interface SnapshotRead extends CompetitionSnapshot {
  readonly id: string;
  /** By the monotonic clock. Seats published after it may be newer than the read. */
  readonly sentAt: number;
}

const TEXT = `
SELECT id, seats_left AS "seatsLeft", waiting, waiting_extra_seats AS "waitingExtraSeats",
       reg_opens_at AS "regOpensAt", reg_deadline AS "regDeadline",
       cancelled_at AS "cancelledAt", admission_mode AS "admissionMode", next_expiry_at AS "nextExpiryAt",
       version, ${IS_DRAFT} AS "isDraft", clock_timestamp() AS now
FROM competitions c
WHERE id = ANY ($1::uuid[]) AND deleted_at IS NULL`;

/** Reads snapshots through a `DataLoader`, one statement at a time. Each statement also adjusts the database clock. */
@Injectable()
export class SeatReader {
  readonly clock = new DatabaseClock();
  private readonly reads = new DataLoader<SnapshotRead>((ids) => this.query(ids));

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** Null when the competition does not exist or was deleted. */
  read(id: string): Promise<SnapshotRead | null> {
    return this.reads.get(id);
  }

  private async query(ids: string[]): Promise<ReadonlyMap<string, SnapshotRead>> {
    const sentAt = performance.now();
    const { rows } = await this.pool.query<Omit<SnapshotRead, 'sentAt'> & { now: Date }>({
      name: 'live_seats',
      text: TEXT,
      values: [ids],
    });
    const [first] = rows;
    if (first) this.clock.synchronize(first.now, sentAt);
    return new Map(rows.map((row) => [row.id, { ...row, sentAt }]));
  }
}
