import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { JOBS, type JobName, type Payload } from '../../registry/jobs.js';
import { Prisma } from '../database/generated/client.js';
import { POOL } from '../database/pool.js';
import type { Tx } from '../database/prisma.service.js';

/** The NOTIFY channel that relays listen on. */
export const OUTBOX_CHANNEL = 'outbox';
/** The payload that also tells workers to throttle. Servers of other versions send and understand this text. */
export const HIGH_LOAD = 'rush';
/** Every NOTIFY wakes all listeners of the database; throttled workers need no more than a few a second. */
const HIGH_LOAD_INTERVAL_MS = 250;

/** Transactional outbox, the only way into the queue: a job is a row that commits together with its cause. */
@Injectable()
export class Outbox {
  private isNotifying = false;
  private isWakePending = false;
  private isHighLoad = false;

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** Enqueues a job when the caller's transaction commits, and wakes the relays then. */
  async add<Name extends JobName>(tx: Tx, job: Name, payload: Payload<Name>): Promise<void> {
    await tx.$executeRaw`
      WITH added AS (
        INSERT INTO outbox (queue, job, payload)
        VALUES (${JOBS[job].queue}, ${job}, ${JSON.stringify(JOBS[job].payload.parse(payload))}::jsonb)
        RETURNING id
      )
      SELECT pg_notify(${OUTBOX_CHANNEL}, '') FROM added`;
  }

  /**
   * Wakes the relays after a commit; calls while a NOTIFY is under way are coalesced into the next one. For writers
   * under high load, because transactions that contain a NOTIFY commit one after the other. Never throws.
   */
  wake({ highLoad = false } = {}): void {
    this.isWakePending = true;
    this.isHighLoad ||= highLoad;
    // Never rejects.
    if (!this.isNotifying) void this.notify();
  }

  private async notify(): Promise<void> {
    this.isNotifying = true;
    while (this.isWakePending) {
      const payload = this.isHighLoad ? HIGH_LOAD : '';
      this.isWakePending = false;
      this.isHighLoad = false;
      // A lost NOTIFY only delays: relays poll as well.
      await this.pool.query({ name: 'wake_relays', text: NOTIFY, values: [payload] }).catch(() => {});
      if (payload === HIGH_LOAD) await pause(HIGH_LOAD_INTERVAL_MS, undefined, { ref: false });
    }
    this.isNotifying = false;
  }
}

const NOTIFY = `SELECT pg_notify('${OUTBOX_CHANNEL}', $1)`;

/**
 * For writers that enqueue many jobs in a statement of their own: an INSERT of one job per row of `from`, to be used as
 * a statement or in WITH. `payload` and `id` are SQL expressions; with `id`, inserting the job again is a conflict.
 */
export function enqueueSql<Name extends JobName>(
  job: Name,
  payload: { readonly [Key in keyof Payload<Name>]: string },
  from: string,
  id?: string,
): string {
  const fields = Object.entries<string>(payload).map(([key, value]) => `'${key}', ${value}`);
  const columns = id === undefined ? '' : 'id, ';
  const values = id === undefined ? '' : `${id}, `;
  return `INSERT INTO outbox (${columns}queue, job, payload)
    SELECT ${values}'${JOBS[job].queue}', '${job}', jsonb_build_object(${fields.join(', ')}) ${from}`;
}

/** Marks jobs as done, in the transaction that wrote their effect. */
export async function settle(tx: Tx, outboxIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE outbox SET settled_at = now() WHERE id = ANY (${outboxIds}::uuid[]) AND settled_at IS NULL`;
}

/** Locks the job's row until commit. False when the job is done already, so a second run of it does nothing. */
export async function lockUnsettled(tx: Tx, outboxId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>(
    Prisma.sql`SELECT 1 FROM outbox WHERE id = ${outboxId}::uuid AND settled_at IS NULL FOR UPDATE`,
  );
  return rows.length > 0;
}
