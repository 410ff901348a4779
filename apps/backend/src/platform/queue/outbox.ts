import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { JOBS, type JobName, type Payload } from '../../registry/jobs.js';
import { POOL } from '../database/pool.js';
import type { Tx } from '../database/prisma.service.js';
import type { Queryable } from '../database/transaction.js';

/** The NOTIFY channel that relays listen on. */
export const OUTBOX_CHANNEL = 'outbox';
/** What an API process reports under high load: whether admission takes longer than it does undisturbed. */
export type LoadReport = 'normal' | 'slow';
/**
 * Payloads that also report high load. Servers of the previous version send only 'rush', under any high load, and throttle
 * when they receive it.
 */
const LOAD_PAYLOADS = { normal: 'load', slow: 'rush' } as const satisfies Record<LoadReport, string>;
/** Every NOTIFY wakes all listeners of the database; throttled workers need no more than a few a second. */
const LOAD_REPORT_INTERVAL_MS = 250;

export function loadReportOf(payload: string): LoadReport | null {
  if (payload === LOAD_PAYLOADS.slow) return 'slow';
  return payload === LOAD_PAYLOADS.normal ? 'normal' : null;
}

/** Transactional outbox, the only way into the queue: a job is a row that commits together with its cause. */
@Injectable()
export class Outbox {
  private isNotifying = false;
  private isWakePending = false;
  private loadReport: LoadReport | null = null;

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /**
   * Enqueues a job when the caller's transaction commits, and wakes the relays then. With a delay, they find it when they
   * poll. Returns the id of its row.
   */
  async add<Name extends JobName>(
    tx: Tx,
    job: Name,
    payload: Payload<Name>,
    { delaySeconds = 0 } = {},
  ): Promise<string> {
    const [row] = await tx.$queryRaw<[{ id: string }]>`
      WITH added AS (
        INSERT INTO outbox (queue, job, payload, due_at)
        VALUES (${JOBS[job].queue}, ${job}, ${JSON.stringify(JOBS[job].payload.parse(payload))}::jsonb,
                now() + make_interval(secs => ${delaySeconds}))
        RETURNING id
      ), notified AS (SELECT pg_notify(${OUTBOX_CHANNEL}, ''))
      SELECT added.id FROM added, notified`;
    return row.id;
  }

  /**
   * Wakes the relays after a commit; calls while a NOTIFY is under way are coalesced into the next one. For writers
   * under high load, because transactions that contain a NOTIFY commit one after the other. With a report, the NOTIFY also
   * tells workers to throttle. Never throws.
   */
  wake(load: LoadReport | null = null): void {
    this.isWakePending = true;
    this.loadReport = load ?? this.loadReport;
    // Never rejects.
    if (!this.isNotifying) void this.notify();
  }

  private async notify(): Promise<void> {
    this.isNotifying = true;
    while (this.isWakePending) {
      const load = this.loadReport;
      this.isWakePending = false;
      this.loadReport = null;
      // A lost NOTIFY only delays: relays poll as well.
      await this.pool
        .query({ name: 'wake_relays', text: NOTIFY, values: [load ? LOAD_PAYLOADS[load] : ''] })
        .catch(() => {});
      if (load) await pause(LOAD_REPORT_INTERVAL_MS, undefined, { ref: false });
    }
    this.isNotifying = false;
  }
}

const NOTIFY = `SELECT pg_notify('${OUTBOX_CHANNEL}', $1)`;

interface EnqueueOptions {
  /** With it, inserting the job again is a conflict. */
  readonly id?: string;
  /** Instead of the job's own queue. */
  readonly queue?: string;
}

/**
 * For writers that enqueue many jobs in a statement of their own: an INSERT of one job per row of `from`, to be used as
 * a statement or in WITH. The values of `payload` and the options are SQL expressions.
 */
export function enqueueSql<Name extends JobName>(
  job: Name,
  payload: { readonly [Key in keyof Payload<Name>]: string },
  from: string,
  { id, queue = `'${JOBS[job].queue}'` }: EnqueueOptions = {},
): string {
  const fields = Object.entries<string>(payload).map(([key, value]) => `'${key}', ${value}`);
  const columns = id === undefined ? '' : 'id, ';
  const values = id === undefined ? '' : `${id}, `;
  return `INSERT INTO outbox (${columns}queue, job, payload)
    SELECT ${values}${queue}, '${job}', jsonb_build_object(${fields.join(', ')}) ${from}`;
}

/** How a job ended. Outdated: what it was to say is no longer true, or a newer message has been written. */
export type JobOutcome = 'done' | 'outdated';

/**
 * For a row that is found by its id. With `settled_at IS NULL`, the planner would use the index of due rows instead, which
 * its statistics call empty when they were made while nothing was due: n jobs then read n² entries, and more
 * of them dead while a backup holds an old snapshot.
 */
export const isUnsettledJob = (table = 'outbox'): string => `num_nulls(${table}.settled_at) = 1`;

/** Marks a job as done or outdated, in the transaction that wrote its effect. */
export async function settle(tx: Queryable, outboxId: string, outcome: JobOutcome = 'done'): Promise<JobOutcome> {
  await tx.query(`UPDATE outbox SET settled_at = now(), outdated = $2 WHERE id = $1 AND ${isUnsettledJob()}`, [
    outboxId,
    outcome === 'outdated',
  ]);
  return outcome;
}

/** Locks the job's row until commit. False when the job is done already, so a second run of it does nothing. */
export async function lockUnsettled(tx: Queryable, outboxId: string): Promise<boolean> {
  const { rowCount } = await tx.query(`SELECT FROM outbox WHERE id = $1 AND ${isUnsettledJob()} FOR UPDATE`, [
    outboxId,
  ]);
  return rowCount === 1;
}
