interface Batch<T> {
  readonly keys: Set<string>;
  readonly results: Promise<ReadonlyMap<string, T>>;
}

/**
 * A data loader: runs one batch at a time, each for all keys that were asked for while the last one was under way. A crowd
 * costs the database a few statements, and a lone caller waits for nobody. A key that is asked for twice is in its batch
 * once.
 */
export class DataLoader<T> {
  /** The batch that still takes keys, or null when there is none or it is full. */
  private open: Batch<T> | null = null;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly run: (keys: string[]) => Promise<ReadonlyMap<string, T>>,
    private readonly maxSize = Number.POSITIVE_INFINITY,
  ) {}

  /** Null for a key of which the batch has nothing to say. */
  async get(key: string): Promise<T | null> {
    const batch = this.open ?? this.enqueue();
    batch.keys.add(key);
    if (batch.keys.size >= this.maxSize) this.open = null;
    return (await batch.results).get(key) ?? null;
  }

  private enqueue(): Batch<T> {
    const keys = new Set<string>();
    const results = this.last.then(() => {
      // Callers from here on may know of something that this statement does not see: they go in the next batch.
      if (this.open === batch) this.open = null;
      return this.run([...keys]);
    });
    const batch = { keys, results };
    this.open = batch;
    // A batch that fails must not fail the ones behind it; its own callers get the error.
    this.last = results.catch(() => {});
    return batch;
  }
}
