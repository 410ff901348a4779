import { READ_BUDGET_MS, withTimeLimit } from './time-limit.js';

interface Read<T> {
  readonly promise: Promise<T>;
  /** The read that follows, for calls that were made while this one was running. */
  next: Promise<T> | null;
}

/**
 * Request coalescing: concurrent calls with the same key share one read. A call that is made while a read is running
 * shares the next one, so no caller gets data from before its call.
 *
 * A call that has waited for `limitMs` gets BUSY, and a read that takes longer is given up: on a host that lost power it
 * would keep the next read from starting for as long as the database client waits for an answer.
 */
export class RequestCoalescer<T> {
  private readonly running = new Map<string, Read<T>>();

  constructor(private readonly limitMs = READ_BUDGET_MS) {}

  get(key: string, run: () => Promise<T>): Promise<T> {
    const current = this.running.get(key);
    if (current === undefined) return this.start(key, run);
    current.next ??= current.promise.then(
      () => this.start(key, run),
      () => this.start(key, run),
    );
    // Its own limit: this call waits for two reads.
    return withTimeLimit(current.next, this.limitMs);
  }

  private start(key: string, run: () => Promise<T>): Promise<T> {
    const read: Read<T> = { promise: withTimeLimit(run(), this.limitMs), next: null };
    this.running.set(key, read);
    const remove = () => {
      // The next read replaces this entry.
      if (read.next === null) this.running.delete(key);
    };
    read.promise.then(remove, remove);
    return read.promise;
  }
}
