/** After a batch that failed: its ids are tried again, but a database that is away is not asked ten times a second. */
const RETRY_DELAY_MS = 1_000;

/**
 * Collects ids and hands them over in batches. A batch begins at once when the last one began `intervalMs` or longer
 * ago, otherwise at that moment, and never while another is under way. An id that is added meanwhile is in the next
 * one: what it was added for, the batch under way may not have seen.
 */
export class ThrottledBatches {
  private readonly pending = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private isRunning = false;
  private isStopped = false;
  private beganAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly intervalMs: number,
    private readonly handle: (ids: readonly string[]) => Promise<unknown>,
  ) {}

  /** May be called any number of times; never throws. */
  add(id: string): void {
    this.pending.add(id);
    this.schedule(0);
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** What is still pending, as one last batch; a failure is its end. */
  async flush(): Promise<void> {
    const ids = this.takePending();
    if (ids.length > 0) await this.handle(ids).catch(() => {});
  }

  private schedule(delayMs: number): void {
    if (this.isStopped || this.isRunning || this.timer !== undefined) return;
    const untilNext = this.beganAt + this.intervalMs - performance.now();
    this.timer = setTimeout(() => void this.run(), Math.max(0, delayMs, Math.ceil(untilNext)));
  }

  private async run(): Promise<void> {
    this.timer = undefined;
    this.isRunning = true;
    this.beganAt = performance.now();
    const ids = this.takePending();
    let delayMs = 0;
    try {
      await this.handle(ids);
    } catch {
      for (const id of ids) this.pending.add(id);
      delayMs = RETRY_DELAY_MS;
    }
    this.isRunning = false;
    if (this.pending.size > 0) this.schedule(delayMs);
  }

  private takePending(): string[] {
    const ids = [...this.pending];
    this.pending.clear();
    return ids;
  }
}
