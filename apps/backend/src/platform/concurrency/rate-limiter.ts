/** Beyond so many names at once nobody new is counted: an attacker with endless addresses must not fill the memory. */
const MOST_NAMES = 200_000;
const ROUNDING = 1e-6;

/**
 * So many per sliding window, counted in this process: the present window and the share of the one
 * before that still lies within reach. Whole windows are forgotten at once, so nothing needs sweeping.
 */
export class RateLimiter {
  private window = 0;
  private present = new Map<string, number>();
  private previous = new Map<string, number>();

  constructor(
    readonly limit: number,
    readonly seconds: number,
  ) {}

  /** Counts one; the seconds to wait when it is one too many, else 0. */
  take(name: string, nowMs: number): number {
    const wait = this.wait(name, nowMs);
    if (wait > 0) return wait;
    const count = this.present.get(name);
    if (count !== undefined || this.present.size < MOST_NAMES) this.present.set(name, (count ?? 0) + 1);
    return 0;
  }

  /** Gives one back: it turned out to be none that should count. */
  giveBack(name: string): void {
    const count = this.present.get(name);
    if (count !== undefined && count > 0) this.present.set(name, count - 1);
  }

  private wait(name: string, nowMs: number): number {
    const length = this.seconds * 1000;
    this.moveTo(Math.floor(nowMs / length));
    const present = this.present.get(name) ?? 0;
    const previous = this.previous.get(name) ?? 0;
    const passed = (nowMs % length) / length;
    if (previous * (1 - passed) + present < this.limit) return 0;
    // Either enough of the window before slips out of reach, or this one has to end: at that moment it is still one too
    // many, right after it no more. Seconds that are whole but for a rounding error count as whole.
    const atShare = present >= this.limit ? 1 : 1 - (this.limit - present) / previous;
    return Math.floor((atShare - passed) * this.seconds + ROUNDING) + 1;
  }

  private moveTo(window: number): void {
    if (window === this.window) return;
    this.previous = window === this.window + 1 ? this.present : new Map();
    this.present = new Map();
    this.window = window;
  }
}
