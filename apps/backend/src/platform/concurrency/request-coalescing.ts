interface Reading<T> {
  readonly promise: Promise<T>;
  /** For those who asked while this one was already under way. */
  next: Promise<T> | null;
}

/**
 * Many who ask for the same at the same time get one answer. Nobody gets one that was read before they asked: who
 * comes while a read is under way shares the next one, which starts when it is done.
 */
export class RequestCoalescer<T> {
  private readonly readings = new Map<string, Reading<T>>();

  get(name: string, read: () => Promise<T>): Promise<T> {
    const present = this.readings.get(name);
    if (present === undefined) return this.start(name, read);
    present.next ??= present.promise.then(
      () => this.start(name, read),
      () => this.start(name, read),
    );
    return present.next;
  }

  private start(name: string, read: () => Promise<T>): Promise<T> {
    const reading: Reading<T> = { promise: read(), next: null };
    this.readings.set(name, reading);
    const done = () => {
      // The next one is about to take this place.
      if (reading.next === null) this.readings.delete(name);
    };
    reading.promise.then(done, done);
    return reading.promise;
  }
}
