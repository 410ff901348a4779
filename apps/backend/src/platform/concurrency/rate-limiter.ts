/** Further keys are not counted: an attacker with many addresses must not fill the memory. */
const MAX_KEYS = 200_000;
const ROUNDING_ERROR = 1e-6;

/**
 * Sliding-window rate limiter, per process. It counts the current window plus the part of the previous one that still
 * overlaps the sliding window, and drops whole windows, so no entry has to be swept.
 */
export class RateLimiter {
  private window = 0;
  private current = new Map<string, number>();
  private previous = new Map<string, number>();

  constructor(
    readonly limit: number,
    readonly seconds: number,
  ) {}

  /** Counts an attempt and returns 0, or returns the seconds until the next one is allowed. */
  take(key: string, nowMs: number): number {
    const waitSeconds = this.secondsToWait(key, nowMs);
    if (waitSeconds > 0) return waitSeconds;
    const count = this.current.get(key);
    if (count !== undefined || this.current.size < MAX_KEYS) this.current.set(key, (count ?? 0) + 1);
    return 0;
  }

  /** Undoes an attempt that should not count. */
  refund(key: string): void {
    const count = this.current.get(key);
    if (count !== undefined && count > 0) this.current.set(key, count - 1);
  }

  private secondsToWait(key: string, nowMs: number): number {
    const length = this.seconds * 1000;
    this.advanceTo(Math.floor(nowMs / length));
    const current = this.current.get(key) ?? 0;
    const previous = this.previous.get(key) ?? 0;
    const elapsed = (nowMs % length) / length;
    if (previous * (1 - elapsed) + current < this.limit) return 0;
    // The share of the window at which the count equals the limit: enough of the previous window has left the sliding
    // window, or this window ends. The attempt is allowed right after it, hence floor plus 1. ROUNDING_ERROR keeps
    // whole seconds whole.
    const allowedAt = current >= this.limit ? 1 : 1 - (this.limit - current) / previous;
    return Math.floor((allowedAt - elapsed) * this.seconds + ROUNDING_ERROR) + 1;
  }

  private advanceTo(window: number): void {
    if (window === this.window) return;
    this.previous = window === this.window + 1 ? this.current : new Map();
    this.current = new Map();
    this.window = window;
  }
}
