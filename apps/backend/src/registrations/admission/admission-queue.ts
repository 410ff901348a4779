import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import type { Env } from '../../platform/config/env.js';
import { createPool } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { AdmissionOperation, AdmissionRequest, AdmissionResult, SeatCounts } from './admission.js';
import { type AdmissionOutcome, admitBatch } from './admission-batch.js';
import { AdmissionEvents } from './admission-events.js';
import { type Batch, BatchScheduler, BLOCKING_SLOTS, SHARED_SLOTS } from './batch-scheduler.js';
import type { PendingRequest, RequestQueue } from './request-queue.js';

/** Pending requests in this process; further ones get a 503. */
export const MAX_PENDING_REQUESTS = 10_000;
/** From arrival to response. */
const REQUEST_BUDGET_MS = 2_900;
const SWEEP_INTERVAL_MS = 50;

/** Connections for admission only: slow lists and sign-ins must not delay registrations. */
export const ADMISSION_POOL = Symbol('ADMISSION_POOL');

export const ADMISSION_CONNECTIONS = SHARED_SLOTS + BLOCKING_SLOTS;

export function createAdmissionPool(env: Env): pg.Pool {
  return createPool(env, 'admission', {
    max: ADMISSION_CONNECTIONS,
    connectionTimeoutMillis: 2_000,
    statement_timeout: REQUEST_BUDGET_MS,
  });
}

/**
 * Batching of the requests of this process: while a competition's batch is at the database, the requests that arrive form
 * the next one. There is no timer, so a lone request is sent at once.
 */
@Injectable()
export class AdmissionQueue implements OnApplicationShutdown {
  private readonly scheduler = new BatchScheduler();
  /** All pending requests, in the order of arrival, which is the order of expiry. */
  private readonly pending = new Set<PendingRequest>();
  private dispatching = false;
  private sweeper: NodeJS.Timeout | null = null;

  constructor(
    @Inject(ADMISSION_POOL) private readonly pool: pg.Pool,
    private readonly events: AdmissionEvents,
  ) {}

  submit(operation: AdmissionOperation, request: AdmissionRequest): Promise<AdmissionResult> {
    if (this.pending.size >= MAX_PENDING_REQUESTS)
      return Promise.reject(new DomainError('BUSY', { retryAfterSeconds: 2 }));
    return new Promise((resolve, reject) => {
      const pending: PendingRequest = {
        operation,
        request,
        expiresAt: request.arrival.latest + REQUEST_BUDGET_MS,
        resolve,
        reject,
        answered: false,
        needsLock: operation === 'leave',
        sequence: 0,
      };
      this.pending.add(pending);
      this.sweeper ??= setInterval(() => this.rejectExpired(), SWEEP_INTERVAL_MS);
      this.scheduler.add(pending);
      this.dispatchSoon();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.sweeper) clearInterval(this.sweeper);
    await this.pool.end();
  }

  /** After the I/O of this turn of the event loop: requests that were read together go into one batch. */
  private dispatchSoon(): void {
    if (this.dispatching) return;
    this.dispatching = true;
    setImmediate(() => {
      this.dispatching = false;
      for (let batch = this.scheduler.next(); batch !== undefined; batch = this.scheduler.next()) void this.send(batch);
    });
  }

  /** Never rejects: `runBatch` turns every failure into an outcome, and the rest cannot throw. */
  private async send(batch: Batch): Promise<void> {
    const sentAt = performance.now();
    const outcomes = await this.runBatch(batch);
    const durationMs = performance.now() - sentAt;
    this.scheduler.freeSlot(batch);
    let start = 0;
    for (const [queue, requests] of batch.requests) {
      this.resolveBatch(batch, queue, requests, outcomes.slice(start, start + requests.length));
      start += requests.length;
    }
    this.events.batchCompleted(batch, outcomes, { durationMs, pendingRequests: this.pending.size });
    this.dispatchSoon();
  }

  private async runBatch({ operation, lock, requests: byQueue }: Batch): Promise<AdmissionOutcome[]> {
    const requests = [...byQueue.values()].flat();
    let client: pg.PoolClient | undefined;
    try {
      client = await this.pool.connect();
      const outcomes = await admitBatch(client, operation, requests, lock);
      client.release();
      return outcomes;
    } catch (error) {
      // The batch may have committed. A retry with the same key replays its response; without a key it gets
      // ALREADY_REGISTERED.
      client?.release(true);
      const unavailable = new DomainError('UNAVAILABLE', { cause: error });
      return requests.map(() => unavailable);
    }
  }

  /** Answers the decided requests of a competition; the skipped ones go back to its queue. */
  private resolveBatch(
    batch: Batch,
    queue: RequestQueue,
    requests: readonly PendingRequest[],
    outcomes: readonly AdmissionOutcome[],
  ): void {
    const skipped: PendingRequest[] = [];
    let seats: SeatCounts | undefined;
    let isFull: boolean | undefined;
    for (const [i, pending] of requests.entries()) {
      const outcome = outcomes[i] as AdmissionOutcome;
      if (outcome instanceof DomainError) {
        this.answer(pending, () => pending.reject(outcome));
        continue;
      }
      isFull = isFullAfter(outcome) ?? isFull;
      if (outcome.kind === 'done') seats = outcome.seats;
      if (outcome.kind === 'skipped') skipped.push(pending);
      else this.answer(pending, () => pending.resolve(outcome));
    }
    this.scheduler.finish(queue, batch, skipped, isFull);
    if (seats) this.events.seatsChanged(queue.competitionId, seats);
  }

  private answer(pending: PendingRequest, send: () => void): void {
    if (pending.answered) return;
    pending.answered = true;
    this.pending.delete(pending);
    send();
  }

  private rejectExpired(): void {
    const now = performance.now();
    for (const pending of this.pending) {
      if (pending.expiresAt > now) break;
      this.answer(pending, () => pending.reject(new DomainError('BUSY')));
    }
    if (this.pending.size > 0 || this.sweeper === null) return;
    clearInterval(this.sweeper);
    this.sweeper = null;
  }
}

/** Whether newcomers get no seat, as far as the result tells. */
function isFullAfter(result: AdmissionResult): boolean | undefined {
  switch (result.kind) {
    case 'done':
      // An application takes no seat: none of them can be refused without the lock.
      if (result.status === 'APPLIED') return false;
      return result.seats.seatsLeft <= result.seats.waiting;
    case 'refused':
      return result.code === 'COMPETITION_FULL' ? true : undefined;
    case 'skipped':
      return result.isFull;
    case 'replayed':
    case 'answers-invalid':
      return undefined;
  }
}
