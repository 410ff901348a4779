import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type pg from 'pg';
import type { Env } from '../../platform/config/env.js';
import { createPool } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { AdmissionOperation, AdmissionRequest, AdmissionResult, SeatCounts } from './admission.js';
import { type AdmissionOutcome, admitBatch } from './admission-batch.js';
import { AdmissionEvents } from './admission-events.js';
import { type PendingRequest, RequestQueue, sharesOf } from './request-queue.js';

const BATCH_SIZE = 256;
/** Pending requests in this process; further ones get a 503. */
export const MAX_PENDING_REQUESTS = 10_000;
/** From arrival to response. */
const REQUEST_BUDGET_MS = 2_900;
const SWEEP_INTERVAL_MS = 50;

/** Batches at the database at a time that skip rows held by another transaction. */
const SHARED_SLOTS = 3;
/** Batches at the database at a time that wait for such a row; competitions with unlocked rows do not wait for them. */
const BLOCKING_SLOTS = 5;
/** How long batches of a competition go straight to a blocking slot: skipping first would be a wasted round trip. */
const CONTENDED_FOR_MS = 1_000;

/** Connections for admission only: slow lists and sign-ins must not delay registrations. */
export const ADMISSION_POOL = Symbol('ADMISSION_POOL');

export function createAdmissionPool(env: Env): pg.Pool {
  return createPool(env, 'admission', {
    max: SHARED_SLOTS + BLOCKING_SLOTS,
    connectionTimeoutMillis: 2_000,
    statement_timeout: REQUEST_BUDGET_MS,
  });
}

/**
 * Batching of the requests of this process: at most one batch per competition is at the database, and requests that arrive
 * meanwhile form the next one. There is no timer, so a lone request is sent at once.
 */
@Injectable()
export class AdmissionQueue implements OnApplicationShutdown {
  private readonly queues = new Map<string, RequestQueue>();
  /** Queues with requests and no batch in flight, round-robin, so that one busy competition does not starve others. */
  private ready: RequestQueue[] = [];
  /** The same, for competitions whose row was locked by another transaction a moment ago. */
  private contended: RequestQueue[] = [];
  private readonly freeSlots = { shared: SHARED_SLOTS, blocking: BLOCKING_SLOTS };
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
      const expiresAt = request.arrival.latest + REQUEST_BUDGET_MS;
      const pending: PendingRequest = { operation, request, expiresAt, resolve, reject, answered: false };
      this.pending.add(pending);
      this.sweeper ??= setInterval(() => this.rejectExpired(), SWEEP_INTERVAL_MS);

      const queue = this.queueFor(request.competitionId);
      queue.add(pending);
      if (!queue.isInFlight && queue.length === 1) this.makeReady(queue);
      this.dispatchSoon();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.sweeper) clearInterval(this.sweeper);
    await this.pool.end();
  }

  private queueFor(competitionId: string): RequestQueue {
    let queue = this.queues.get(competitionId);
    if (queue === undefined) {
      queue = new RequestQueue(competitionId);
      this.queues.set(competitionId, queue);
    }
    return queue;
  }

  /** After the I/O of this turn of the event loop: requests that were read together go into one batch. */
  private dispatchSoon(): void {
    if (this.dispatching) return;
    this.dispatching = true;
    setImmediate(() => {
      this.dispatching = false;
      while (this.freeSlots.shared > 0 && this.ready.length > 0) this.sendShared();
      while (this.freeSlots.blocking > 0 && this.contended.length > 0) this.sendBlocking();
    });
  }

  /** One batch from the ready competitions whose first request is for the same operation. */
  private sendShared(): void {
    const operation = this.ready.find((queue) => queue.peek())?.peek()?.operation;
    const chosen: RequestQueue[] = [];
    const later: RequestQueue[] = [];
    for (const queue of this.ready) {
      const first = queue.peek();
      if (first === undefined) this.queues.delete(queue.competitionId);
      else if (first.operation !== operation || chosen.length === BATCH_SIZE) later.push(queue);
      else chosen.push(queue);
    }
    this.ready = later;
    if (operation === undefined) return;
    const batch = new Map<RequestQueue, PendingRequest[]>();
    for (const [queue, share] of sharesOf(chosen, BATCH_SIZE)) batch.set(queue, queue.take(operation, share));
    void this.send(operation, batch, 'shared');
  }

  private sendBlocking(): void {
    const queue = this.contended.shift() as RequestQueue;
    const first = queue.peek();
    if (first === undefined) this.queues.delete(queue.competitionId);
    else void this.send(first.operation, new Map([[queue, queue.take(first.operation, BATCH_SIZE)]]), 'blocking');
  }

  /** Never rejects: `runBatch` turns every failure into an outcome, and the rest cannot throw. */
  private async send(
    operation: AdmissionOperation,
    batch: Map<RequestQueue, PendingRequest[]>,
    slot: 'shared' | 'blocking',
  ): Promise<void> {
    this.freeSlots[slot]--;
    for (const queue of batch.keys()) queue.isInFlight = true;
    const outcomes = await this.runBatch(operation, [...batch.values()].flat(), slot === 'blocking');
    this.freeSlots[slot]++;

    let start = 0;
    for (const [queue, requests] of batch) {
      this.resolveBatch(queue, requests, outcomes.slice(start, start + requests.length));
      start += requests.length;
    }
    this.events.batchCompleted(operation, outcomes, this.pending.size);
    this.dispatchSoon();
  }

  private async runBatch(
    operation: AdmissionOperation,
    requests: PendingRequest[],
    waitForLock: boolean,
  ): Promise<AdmissionOutcome[]> {
    let client: pg.PoolClient | undefined;
    try {
      client = await this.pool.connect();
      const outcomes = await admitBatch(client, operation, requests, waitForLock);
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

  /** Answers the decided requests and puts the skipped ones back at the front of their queue. */
  private resolveBatch(queue: RequestQueue, requests: PendingRequest[], outcomes: AdmissionOutcome[]): void {
    const skipped: PendingRequest[] = [];
    let seats: SeatCounts | undefined;
    requests.forEach((pending, i) => {
      const outcome = outcomes[i] as AdmissionOutcome;
      if (outcome instanceof DomainError) this.answer(pending, () => pending.reject(outcome));
      else if (outcome.kind === 'skipped') skipped.push(pending);
      else {
        if (outcome.kind === 'done') seats = outcome.seats;
        this.answer(pending, () => pending.resolve(outcome));
      }
    });
    if (skipped.length > 0) {
      queue.putBack(skipped);
      queue.contendedUntil = performance.now() + CONTENDED_FOR_MS;
    }
    queue.isInFlight = false;
    if (queue.length > 0) this.makeReady(queue);
    else this.queues.delete(queue.competitionId);
    if (seats) this.events.seatsChanged(queue.competitionId, seats);
  }

  private makeReady(queue: RequestQueue): void {
    (queue.contendedUntil > performance.now() ? this.contended : this.ready).push(queue);
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
