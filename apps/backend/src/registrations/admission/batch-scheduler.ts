import type { AdmissionOperation, LockMode } from './admission.js';
import { type PendingRequest, RequestQueue, sharesOf } from './request-queue.js';

const BATCH_SIZE = 256;
/** Batches at the database at a time that skip rows held by another transaction, or lock none. */
export const SHARED_SLOTS = 3;
/** Batches at the database at a time that wait for such a row; competitions with unlocked rows do not wait for them. */
export const BLOCKING_SLOTS = 5;
/** How long batches of a competition go straight to a blocking slot: skipping first would be a wasted round trip. */
const CONTENDED_FOR_MS = 1_000;

export interface Batch {
  readonly operation: AdmissionOperation;
  readonly lock: LockMode;
  readonly requests: ReadonlyMap<RequestQueue, readonly PendingRequest[]>;
}

/**
 * Decides which requests go into the next batch. Competitions take turns, so that a busy one does not starve the others.
 * One whose row another transaction holds waits for it in a blocking slot. If it is full, only those who ask for the
 * waitlist wait; the others are refused by batches that take no lock.
 */
export class BatchScheduler {
  private readonly queues = new Map<string, RequestQueue>();
  /** Queues whose next batch skips locked rows, round-robin. */
  private ready: RequestQueue[] = [];
  /** Queues whose next batch waits for the row: another transaction held it a moment ago. */
  private contended: RequestQueue[] = [];
  /** Queues with requests that can probably be refused without the row. */
  private lockFree: RequestQueue[] = [];
  private readonly freeSlots = { shared: SHARED_SLOTS, blocking: BLOCKING_SLOTS };
  /** One batch without locks at a time, so that these leave shared slots to the others. */
  private isLockFreeInFlight = false;

  add(pending: PendingRequest): void {
    const { competitionId } = pending.request;
    let queue = this.queues.get(competitionId);
    if (queue === undefined) {
      queue = new RequestQueue(competitionId);
      this.queues.set(competitionId, queue);
    }
    queue.add(pending);
    this.schedule(queue);
  }

  /** Takes the requests of the next batch out of their queues, and a slot. */
  next(): Batch | undefined {
    return this.nextLockFree() ?? this.nextShared() ?? this.nextBlocking();
  }

  freeSlot({ lock }: Batch): void {
    this.freeSlots[lock === 'wait' ? 'blocking' : 'shared']++;
    if (lock === 'none') this.isLockFreeInFlight = false;
  }

  /** A queue's part of a batch is decided, except for the skipped requests. `isFull` is undefined when unknown. */
  finish(
    queue: RequestQueue,
    { lock, requests }: Batch,
    skipped: readonly PendingRequest[],
    isFull: boolean | undefined,
  ): void {
    queue.finish(requests.get(queue) ?? [], skipped);
    queue.isFull = isFull ?? queue.isFull;
    if (lock === 'none') queue.hasLockFreeBatch = false;
    else {
      queue.lockingBatch = null;
      if (skipped.length > 0) queue.contendedUntil = performance.now() + CONTENDED_FOR_MS;
    }
    this.schedule(queue);
  }

  private schedule(queue: RequestQueue): void {
    this.forgetIfIdle(queue);
    if (queue.length === 0) return;
    const isContended = queue.lockingBatch === 'wait' || queue.contendedUntil > performance.now();
    if (queue.lockingBatch === null && canTakeLock(queue, isContended)) {
      queue.lockingBatch = isContended ? 'wait' : 'skip';
      (isContended ? this.contended : this.ready).push(queue);
    }
    if (isContended && queue.isFull && !queue.hasLockFreeBatch && queue.find({ needsLock: false }) !== undefined) {
      queue.hasLockFreeBatch = true;
      this.lockFree.push(queue);
    }
  }

  private nextLockFree(): Batch | undefined {
    if (this.freeSlots.shared === 0 || this.isLockFreeInFlight || this.lockFree.length === 0) return undefined;
    const requests = new Map<RequestQueue, PendingRequest[]>();
    for (const [queue, share] of sharesOf(this.lockFree.splice(0, BATCH_SIZE), BATCH_SIZE)) {
      const taken = queue.take('register', share, { needsLock: false });
      if (taken.length > 0) requests.set(queue, taken);
      else {
        queue.hasLockFreeBatch = false;
        this.forgetIfIdle(queue);
      }
    }
    if (requests.size === 0) return undefined;
    this.isLockFreeInFlight = true;
    this.freeSlots.shared--;
    return { operation: 'register', lock: 'none', requests };
  }

  /** One batch from the ready competitions whose first request is for the same operation. */
  private nextShared(): Batch | undefined {
    if (this.freeSlots.shared === 0) return undefined;
    const operation = this.ready.find((queue) => queue.peek())?.peek()?.operation;
    const chosen: RequestQueue[] = [];
    const later: RequestQueue[] = [];
    for (const queue of this.ready) {
      const first = queue.peek();
      if (first === undefined) this.withdraw(queue);
      else if (first.operation !== operation || chosen.length === BATCH_SIZE) later.push(queue);
      else chosen.push(queue);
    }
    this.ready = later;
    if (operation === undefined) return undefined;
    const requests = new Map<RequestQueue, PendingRequest[]>();
    for (const [queue, share] of sharesOf(chosen, BATCH_SIZE)) requests.set(queue, queue.take(operation, share));
    this.freeSlots.shared--;
    return { operation, lock: 'skip', requests };
  }

  private nextBlocking(): Batch | undefined {
    while (this.freeSlots.blocking > 0) {
      const queue = this.contended.shift();
      if (queue === undefined) return undefined;
      const filter = takesSkippedOnly(queue) ? { needsLock: true } : {};
      const operation = queue.find(filter)?.operation;
      const taken = operation === undefined ? [] : queue.take(operation, BATCH_SIZE, filter);
      if (operation === undefined || taken.length === 0) this.withdraw(queue);
      else {
        this.freeSlots.blocking--;
        return { operation, lock: 'wait', requests: new Map([[queue, taken]]) };
      }
    }
    return undefined;
  }

  /** Nothing to send: its requests have expired, or wait for a batch of the same people that takes no lock. */
  private withdraw(queue: RequestQueue): void {
    queue.lockingBatch = null;
    this.forgetIfIdle(queue);
  }

  private forgetIfIdle(queue: RequestQueue): void {
    if (queue.isIdle) this.queues.delete(queue.competitionId);
  }
}

/** In a batch that takes the lock, only those who were skipped: the others are refused meanwhile, or come after them. */
const takesSkippedOnly = (queue: RequestQueue): boolean => queue.isFull || queue.hasLockFreeBatch;

/** While a batch without the lock is away, nobody who came after its people may take the lock before them. */
function canTakeLock(queue: RequestQueue, isContended: boolean): boolean {
  if (!isContended) return !queue.hasLockFreeBatch;
  return !takesSkippedOnly(queue) || queue.find({ needsLock: true }) !== undefined;
}
