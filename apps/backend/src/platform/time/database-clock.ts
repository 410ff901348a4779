/** Readings with a longer round trip are too imprecise; the error is at most half of it. */
const MAX_ROUND_TRIP_MS = 100;

/**
 * An estimate of the database's clock, which decides when a competition opens and closes, and which countdowns follow.
 * Between two readings it advances with the monotonic clock of this process.
 */
export class DatabaseClock {
  private offset = Date.now() - performance.now();
  private isSynchronized = false;

  /** Sets the clock by a query that was sent at `sentAt` (monotonic), returned `now`, and has just been received. */
  synchronize(now: Date, sentAt: number): void {
    const roundTripMs = performance.now() - sentAt;
    if (this.isSynchronized && roundTripMs > MAX_ROUND_TRIP_MS) return;
    this.isSynchronized = true;
    this.offset = now.getTime() - (sentAt + performance.now()) / 2;
  }

  now(): Date {
    return new Date(performance.now() + this.offset);
  }
}
