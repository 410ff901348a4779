/**
 * The database's clock, as far as this process knows it: that clock decides when a competition opens and closes, and
 * countdowns go by it. Between two readings a clock that nobody sets carries on.
 */
export class DatabaseClock {
  private ahead = Date.now() - performance.now();

  /** The statement that said `now` was under way from `sentAt` until this moment. */
  heard(now: Date, sentAt: number): void {
    this.ahead = now.getTime() - (sentAt + performance.now()) / 2;
  }

  now(): Date {
    return new Date(performance.now() + this.ahead);
  }
}
