import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import { ThrottledBatches } from '../../platform/concurrency/throttled-batches.js';
import { POOL } from '../../platform/database/pool.js';

/** The NOTIFY channel on which processes notify each other of competitions whose seats changed. */
export const SEATS_CHANNEL = 'seats';

/** At most one statement per interval and process. */
const NOTIFY_INTERVAL_MS = 100;
/** An unavailable database must not delay the exit of the process. */
const FLUSH_TIMEOUT_MS = 500;
/** The payload of a NOTIFY must be shorter than 8,000 bytes. */
const IDS_PER_NOTIFY = 200;

/**
 * Notifies all processes, including this one, that the seats of competitions changed. Only ids are sent; each process
 * reads the seats. After the commit and in a transaction of its own, because transactions that contain a NOTIFY commit
 * one after the other, which would serialize all admissions.
 */
@Injectable()
export class SeatNotifier implements OnApplicationShutdown {
  private readonly notifications = new ThrottledBatches(NOTIFY_INTERVAL_MS, (ids) => this.send(ids));

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** Never throws. While the database is unavailable, ids are kept and sent later. */
  notify(competitionId: string): void {
    this.notifications.add(competitionId);
  }

  /** Without the flush, other processes would learn of the last changes only with their next heartbeat. */
  async onApplicationShutdown(): Promise<void> {
    this.notifications.stop();
    await Promise.race([this.notifications.flush(), pause(FLUSH_TIMEOUT_MS, undefined, { ref: false })]);
  }

  private async send(ids: readonly string[]): Promise<void> {
    const payloads: string[] = [];
    for (let n = 0; n < ids.length; n += IDS_PER_NOTIFY) payloads.push(ids.slice(n, n + IDS_PER_NOTIFY).join());
    await this.pool.query({
      name: 'notify_seats',
      text: `SELECT pg_notify('${SEATS_CHANNEL}', payload) FROM unnest($1::text[]) AS payload`,
      values: [payloads],
    });
  }
}
