import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { ThrottledBatches } from '../../platform/concurrency/throttled-batches.js';
import { POOL } from '../../platform/database/pool.js';

/** The channel on which processes tell each other whose seats have changed. */
export const SEATS_CHANNEL = 'seats';

/** Signals of this process leave at most so often, however much happens. */
const SIGNAL_INTERVAL_MS = 100;
/** A database that is away must not hold up the end of the process. */
const FLUSH_TIMEOUT_MS = 500;
/** A notification carries less than 8,000 bytes. */
const IDS_PER_NOTE = 200;

/**
 * Tells all processes, this one too, whose seats have changed: ids only, what they are now each reads for itself.
 * After the commit and in a transaction of its own: a NOTIFY inside an admission's would make all admissions commit
 * one after the other.
 */
@Injectable()
export class SeatNotifier implements OnApplicationShutdown {
  private readonly signals = new ThrottledBatches(SIGNAL_INTERVAL_MS, (ids) => this.send(ids));

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** May be called as often as one likes; never throws. What cannot be said now is said when the database is back. */
  notify(competitionId: string): void {
    this.signals.add(competitionId);
  }

  /** Without the flush, others would hear of this process's last changes with their next heartbeat only. */
  async onApplicationShutdown(): Promise<void> {
    this.signals.stop();
    await Promise.race([this.signals.flush(), pause(FLUSH_TIMEOUT_MS, undefined, { ref: false })]);
  }

  private async send(ids: readonly string[]): Promise<void> {
    const notes: string[] = [];
    for (let n = 0; n < ids.length; n += IDS_PER_NOTE) notes.push(ids.slice(n, n + IDS_PER_NOTE).join());
    await this.pool.query({
      name: 'tell_seats',
      text: `SELECT pg_notify('${SEATS_CHANNEL}', note) FROM unnest($1::text[]) AS note`,
      values: [notes],
    });
  }
}
