import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../prisma/prisma.module.js';

/** The channel on which processes tell each other whose seats have changed. */
export const SEATS_CHANNEL = 'seats';

/** Signals of this process leave at most so often, however much happens. */
const GAP_MS = 100;
const AGAIN_AFTER_MS = 1_000;
/** A notification carries less than 8,000 bytes. */
const IDS_PER_NOTE = 200;

/**
 * Tells all processes, this one too, whose seats have changed: ids only, what they are now each reads for itself.
 * After the commit and in a transaction of its own: a NOTIFY inside an admission's would make all admissions commit
 * one after the other.
 */
@Injectable()
export class SeatSignal implements OnApplicationShutdown {
  private readonly changed = new Set<string>();
  private due: NodeJS.Timeout | null = null;
  private sentAt = Number.NEGATIVE_INFINITY;
  private stopped = false;

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** May be called as often as one likes; never throws. */
  tell(competitionId: string): void {
    this.changed.add(competitionId);
    this.sendIn(Math.max(0, this.sentAt + GAP_MS - performance.now()));
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    if (this.due) clearTimeout(this.due);
  }

  private sendIn(ms: number): void {
    if (!this.stopped) this.due ??= setTimeout(() => void this.send(), ms);
  }

  private async send(): Promise<void> {
    this.due = null;
    this.sentAt = performance.now();
    const ids = [...this.changed];
    this.changed.clear();
    const notes: string[] = [];
    for (let n = 0; n < ids.length; n += IDS_PER_NOTE) notes.push(ids.slice(n, n + IDS_PER_NOTE).join());
    try {
      await this.pool.query({
        name: 'tell_seats',
        text: `SELECT pg_notify('${SEATS_CHANNEL}', note) FROM unnest($1::text[]) AS note`,
        values: [notes],
      });
    } catch {
      // The database is away: said when it is back.
      for (const id of ids) this.changed.add(id);
      this.sendIn(AGAIN_AFTER_MS);
    }
  }
}
