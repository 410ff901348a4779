import type { AdmissionOperation, AdmissionRequest, AdmissionResult } from './admission.js';

/** A request that waits for its result. */
export interface PendingRequest {
  readonly operation: AdmissionOperation;
  readonly request: AdmissionRequest;
  /** On the process's monotonic clock: when the caller gets BUSY. */
  readonly expiresAt: number;
  readonly resolve: (result: AdmissionResult) => void;
  readonly reject: (error: unknown) => void;
  answered: boolean;
  /** Whether only a batch with the row lock can decide it: leaving, and registering once a batch has skipped it. */
  needsLock: boolean;
  /** Its place in the order of arrival, given by the queue. */
  sequence: number;
}

export interface RequestFilter {
  readonly needsLock?: boolean;
}

/**
 * FIFO of the requests for one competition in this process. At most one batch of it that may take the row lock is at the
 * database at a time, and at most one that may not.
 */
export class RequestQueue {
  private requests: PendingRequest[] = [];
  /** Index of the first request: `shift()` would move thousands of entries. */
  private head = 0;
  private lastSequence = 0;
  /** Of `requests`, so that thousands of them are not searched in vain for each new one. */
  private needingLock = 0;
  /** People with a request in a batch that is at the database. */
  private readonly userIdsInFlight = new Set<string>();
  /** Whether a batch that may take the row lock is scheduled or at the database, and what it does if the row is locked. */
  lockingBatch: 'skip' | 'wait' | null = null;
  /** Whether a batch that takes no lock is scheduled or at the database. */
  hasLockFreeBatch = false;
  /** Until then a batch waits for the row lock instead of skipping the row, because another transaction held it. */
  contendedUntil = 0;
  /** By the latest result: newcomers get no seat, so they can be refused without the lock. */
  isFull = false;

  constructor(readonly competitionId: string) {}

  get length(): number {
    return this.requests.length - this.head;
  }

  get isIdle(): boolean {
    return this.peek() === undefined && this.lockingBatch === null && !this.hasLockFreeBatch;
  }

  add(request: PendingRequest): void {
    request.sequence = ++this.lastSequence;
    this.requests.push(request);
    if (request.needsLock) this.needingLock++;
  }

  /** The first request that is still pending; expired ones are dropped. */
  peek(): PendingRequest | undefined {
    for (let first = this.requests[this.head]; first?.answered; first = this.requests[this.head]) {
      if (first.needsLock) this.needingLock--;
      this.head++;
    }
    return this.requests[this.head];
  }

  /** The first pending request that matches. */
  find({ needsLock }: RequestFilter): PendingRequest | undefined {
    if (needsLock === undefined) return this.peek();
    if (this.needingLock === (needsLock ? 0 : this.length)) return undefined;
    for (let i = this.head; i < this.requests.length; i++) {
      const pending = this.requests[i] as PendingRequest;
      if (!pending.answered && pending.needsLock === needsLock) return pending;
    }
    return undefined;
  }

  /**
   * Takes up to `max` requests for one operation, in the order of arrival, and only the first pending request of each
   * person: the SQL functions decide a batch as a whole and identify its rows by person, and a person's own requests
   * must not overtake each other. The others keep their places and do not make the batch smaller.
   */
  take(operation: AdmissionOperation, max: number, { needsLock }: RequestFilter = {}): PendingRequest[] {
    const taken: PendingRequest[] = [];
    const left: PendingRequest[] = [];
    const leftUserIds = new Set<string>();
    let next = this.head;
    for (; next < this.requests.length && taken.length < max; next++) {
      const pending = this.requests[next] as PendingRequest;
      if (pending.answered) {
        if (pending.needsLock) this.needingLock--;
        continue;
      }
      const { userId } = pending.request;
      const isWanted = pending.operation === operation && (needsLock ?? pending.needsLock) === pending.needsLock;
      if (isWanted && !this.userIdsInFlight.has(userId) && !leftUserIds.has(userId)) {
        taken.push(pending);
        if (pending.needsLock) this.needingLock--;
        this.userIdsInFlight.add(userId);
      } else {
        left.push(pending);
        leftUserIds.add(userId);
      }
    }
    this.head = next;
    if (left.length > 0) this.replace([...left, ...this.requests.slice(this.head)]);
    else if (this.head > 1_024 && this.head * 2 > this.requests.length) this.replace(this.requests.slice(this.head));
    return taken;
  }

  /** A batch is back from the database. Its skipped requests return to their places in the order of arrival. */
  finish(batch: readonly PendingRequest[], skipped: readonly PendingRequest[]): void {
    for (const { request } of batch) this.userIdsInFlight.delete(request.userId);
    if (skipped.length === 0) return;
    for (const pending of skipped) pending.needsLock = true;
    this.needingLock += skipped.length;
    this.replace([...skipped, ...this.requests.slice(this.head)].sort((a, b) => a.sequence - b.sequence));
  }

  private replace(requests: PendingRequest[]): void {
    this.requests = requests;
    this.head = 0;
  }
}

/**
 * How many requests of each queue go into a batch of `size`: equal shares, and what a short queue does not use goes to
 * the longer ones. Every queue gets one at least, so there must not be more queues than places.
 */
export function sharesOf(queues: readonly RequestQueue[], size: number): ReadonlyMap<RequestQueue, number> {
  const shares = new Map<RequestQueue, number>();
  let [places, remaining] = [size, queues.length];
  for (const queue of [...queues].sort((a, b) => a.length - b.length)) {
    const share = Math.min(queue.length, Math.floor(places / remaining--));
    shares.set(queue, share);
    places -= share;
  }
  return shares;
}
