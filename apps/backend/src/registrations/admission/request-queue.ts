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
   * Takes up to `max` requests for one operation from the front. It stops at a second request of the same person: the
   * SQL functions decide a batch as a whole and identify its rows by person.
   */
  take(operation: AdmissionOperation, max: number): PendingRequest[] {
    const taken: PendingRequest[] = [];
    const userIds = new Set<string>();
    while (taken.length < max) {
      const next = this.peek();
      if (next === undefined || next.operation !== operation || userIds.has(next.request.userId)) break;
      userIds.add(next.request.userId);
      taken.push(next);
      this.head++;
    }
    this.compact();
    return taken;
  }

  private compact(): void {
    if (this.head <= 1_024 || this.head * 2 <= this.requests.length) return;
    this.requests = this.requests.slice(this.head);
    this.head = 0;
  }
}
