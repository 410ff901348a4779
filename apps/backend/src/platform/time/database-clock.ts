/** Half of this is how wrong the clock may be. */
const PRECISE_MS = 100;

/**
 * The database's clock, as far as this process knows it: that clock decides when a competition opens and closes, and
 * countdowns go by it. Between two readings a clock that nobody sets carries on.
 */
export class DatabaseClock {
  private ahead = Date.now() - performance.now();
  private heardIt = false;

  /** The statement that said `now` was under way from `sentAt` until this moment. */
  heard(now: Date, sentAt: number): void {
    const took = performance.now() - sentAt;
    // What was long under way, or waited for us, says too little of when it was said.
    if (this.heardIt && took > PRECISE_MS) return;
    this.heardIt = true;
    this.ahead = now.getTime() - (sentAt + performance.now()) / 2;
  }

  now(): Date {
    return new Date(performance.now() + this.ahead);
  }
}
