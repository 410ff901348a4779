import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Prisma } from '../generated/prisma/client.js';
import { POOL, type Tx } from '../prisma/prisma.module.js';
import { JOBS, type JobName, type Payload } from './jobs.js';

/** The channel on which relays listen. */
export const OUTBOX_CHANNEL = 'outbox';
/** What its bell says while people stand in line for seats. */
export const RUSH = 'rush';
/** Each ring wakes every listener of the database: in a rush, which they wait out anyway, a few a second are enough. */
const RUSH_RING_MS = 250;

/** The only door to the queue: a job is a row that commits with what it tells about. */
@Injectable()
export class Outbox {
  private ringing = false;
  private again = false;
  private rush = false;

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** Enqueues when the caller's transaction commits, and wakes the relays then. */
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
   * Wakes the relays after a commit. For writers in a rush: a NOTIFY inside their transactions would
   * make these commit one after the other. May be called as often as one likes; never throws.
   */
  wake({ rush = false } = {}): void {
    this.again = true;
    this.rush ||= rush;
    if (!this.ringing) void this.ring();
  }

  private async ring(): Promise<void> {
    this.ringing = true;
    while (this.again) {
      const says = this.rush ? RUSH : '';
      this.again = false;
      this.rush = false;
      // A bell that cannot be rung is no harm: relays look by themselves as well.
      await this.pool.query({ name: 'wake_relays', text: RING, values: [says] }).catch(() => {});
      if (says === RUSH) await pause(RUSH_RING_MS, undefined, { ref: false });
    }
    this.ringing = false;
  }
}

const RING = `SELECT pg_notify('${OUTBOX_CHANNEL}', $1)`;

/** The effect is there: in the transaction that wrote it. */
export async function settle(tx: Tx, outboxIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE outbox SET settled_at = now() WHERE id = ANY (${outboxIds}::uuid[]) AND settled_at IS NULL`;
}

/** Holds the job's row until commit: of two who run it at once the second finds it settled. */
export async function lockUnsettled(tx: Tx, outboxId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>(
    Prisma.sql`SELECT 1 FROM outbox WHERE id = ${outboxId}::uuid AND settled_at IS NULL FOR UPDATE`,
  );
  return rows.length > 0;
}
