interface Read<T> {
  readonly promise: Promise<T>;
  /** The read that follows, for calls that were made while this one was running. */
  next: Promise<T> | null;
}

/**
 * Request coalescing: concurrent calls with the same key share one read. A call that is made while a read is running
 * shares the next one, so no caller gets data from before its call.
 */
export class RequestCoalescer<T> {
  private readonly running = new Map<string, Read<T>>();

  get(key: string, run: () => Promise<T>): Promise<T> {
    const current = this.running.get(key);
    if (current === undefined) return this.start(key, run);
    current.next ??= current.promise.then(
      () => this.start(key, run),
      () => this.start(key, run),
    );
    return current.next;
  }

  private start(key: string, run: () => Promise<T>): Promise<T> {
    const read: Read<T> = { promise: run(), next: null };
    this.running.set(key, read);
    const remove = () => {
      // The next read replaces this entry.
      if (read.next === null) this.running.delete(key);
    };
    read.promise.then(remove, remove);
    return read.promise;
  }
}
