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
}

/** FIFO of the requests for one competition in this process. At most one batch of it is at the database at a time. */
export class RequestQueue {
  private requests: PendingRequest[] = [];
  /** Index of the first request: `shift()` would move thousands of entries. */
  private head = 0;
  isInFlight = false;
  /** Until then a batch waits for the row lock instead of skipping the row, because another transaction held it. */
  contendedUntil = 0;

  constructor(readonly competitionId: string) {}

  get length(): number {
    return this.requests.length - this.head;
  }

  add(request: PendingRequest): void {
    this.requests.push(request);
  }

  /** Puts requests back at the front, in their old order. */
  putBack(requests: readonly PendingRequest[]): void {
    this.requests = [...requests, ...this.requests.slice(this.head)];
    this.head = 0;
  }

  /** The first request that is still pending; expired ones are dropped. */
  peek(): PendingRequest | undefined {
    while (this.requests[this.head]?.answered) this.head++;
    return this.requests[this.head];
  }

  /**
   * Takes up to `max` requests for one operation, in the order of arrival, and only the first pending request of each
   * person: the SQL functions decide a batch as a whole and identify its rows by person, and a person's own requests
   * must not overtake each other. The others keep their places and do not make the batch smaller.
   */
  take(operation: AdmissionOperation, max: number): PendingRequest[] {
    const taken: PendingRequest[] = [];
    const left: PendingRequest[] = [];
    const userIds = new Set<string>();
    let next = this.head;
    for (; next < this.requests.length && taken.length < max; next++) {
      const pending = this.requests[next] as PendingRequest;
      if (pending.answered) continue;
      const { userId } = pending.request;
      const isTaken = pending.operation === operation && !userIds.has(userId);
      (isTaken ? taken : left).push(pending);
      userIds.add(userId);
    }
    this.head = next;
    if (left.length > 0) this.putBack(left);
    else this.compact();
    return taken;
  }

  private compact(): void {
    if (this.head <= 1_024 || this.head * 2 <= this.requests.length) return;
    this.requests = this.requests.slice(this.head);
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
