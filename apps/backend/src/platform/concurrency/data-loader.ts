import { READ_BUDGET_MS, withTimeLimit } from './time-limit.js';

interface Batch<T> {
  readonly keys: Set<string>;
  /** With a time limit for all callers together: a timer for each of them would cost a tenth of a read. */
  readonly results: Promise<ReadonlyMap<string, T>>;
}

/** Requests that have arrived are read one after the other: without it, the first of them would get a batch of its own. */
const endOfIteration = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Data loader: runs one batch at a time, each for all keys that were requested while the previous one ran. Many
 * concurrent callers need only a few statements, and a single caller does not wait. Duplicate keys are merged.
 *
 * After `limitMs` from its first call a batch rejects with BUSY, and one that has run for that long is given up, so that
 * the next one starts.
 */
export class DataLoader<T> {
  /** The next batch, which still takes keys; null when there is none or it is full. */
  private open: Batch<T> | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly run: (keys: string[]) => Promise<ReadonlyMap<string, T>>,
    private readonly maxSize = Number.POSITIVE_INFINITY,
    private readonly limitMs = READ_BUDGET_MS,
  ) {}

  /** Null when the batch returns nothing for the key. */
  async get(key: string): Promise<T | null> {
    const batch = this.open ?? this.enqueue();
    batch.keys.add(key);
    if (batch.keys.size >= this.maxSize) this.open = null;
    return (await batch.results).get(key) ?? null;
  }

  private enqueue(): Batch<T> {
    const keys = new Set<string>();
    const results = this.last.then(endOfIteration).then(() => {
      // Later callers go into the next batch: this statement might not see a change that they have just made.
      if (this.open === batch) this.open = null;
      return withTimeLimit(this.run([...keys]), this.limitMs);
    });
    // The batch may wait for another one first.
    const batch = { keys, results: withTimeLimit(results, this.limitMs) };
    this.open = batch;
    // A failed batch must not fail the next ones; its own callers get the error.
    this.last = results.catch(() => {});
    return batch;
  }
}
