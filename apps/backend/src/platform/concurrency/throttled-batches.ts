import { Logger } from '@nestjs/common';

/** Delay before a failed batch is retried: an unavailable database should not get ten queries a second. */
const RETRY_DELAY_MS = 1_000;

/** An interval of `factor` times the duration of the last batch, so that batches take at most that share of the time. */
interface AdaptiveInterval {
  readonly factor: number;
  readonly maxMs: number;
}

/**
 * Collects ids and handles them in batches, one batch at a time, started at least `intervalMs` apart; the first one
 * starts at once (throttling with a leading edge). An id that is added during a batch goes into the next one, because
 * the running batch may not see the change. Further ids never postpone a batch, so a steady stream starves nobody.
 */
export class ThrottledBatches {
  private readonly logger = new Logger('ThrottledBatches');
  private readonly pending = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private isRunning = false;
  private isStopped = false;
  private isFailing = false;
  private startedAt = Number.NEGATIVE_INFINITY;
  private intervalMs: number;

  constructor(
    private readonly minIntervalMs: number,
    private readonly handle: (ids: readonly string[]) => Promise<unknown>,
    private readonly adaptive?: AdaptiveInterval,
  ) {
    this.intervalMs = minIntervalMs;
  }

  /** May be called any number of times; never throws. */
  add(id: string): void {
    this.pending.add(id);
    this.schedule(0);
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** Handles the pending ids as one last batch, for shutdown. A failure is final. */
  async flush(): Promise<void> {
    const ids = this.takePending();
    if (ids.length > 0) await this.handle(ids).catch(() => {});
  }

  private schedule(delayMs: number): void {
    if (this.isStopped || this.isRunning || this.timer !== undefined) return;
    const untilNext = this.startedAt + this.intervalMs - performance.now();
    this.timer = setTimeout(() => void this.run(), Math.max(0, delayMs, Math.ceil(untilNext)));
  }

  /** Never rejects: the ids of a failed batch are pending again. */
  private async run(): Promise<void> {
    this.timer = undefined;
    this.isRunning = true;
    this.startedAt = performance.now();
    const ids = this.takePending();
    let delayMs = 0;
    try {
      await this.handle(ids);
      this.isFailing = false;
    } catch (error) {
      // Only the first of several failures in a row, or an outage would add a line per second.
      if (!this.isFailing) this.logger.warn({ msg: 'a batch failed and is retried', size: ids.length, err: error });
      this.isFailing = true;
      for (const id of ids) this.pending.add(id);
      delayMs = RETRY_DELAY_MS;
    }
    this.isRunning = false;
    this.intervalMs = this.intervalAfter(performance.now() - this.startedAt);
    if (this.pending.size > 0) this.schedule(delayMs);
  }

  private intervalAfter(elapsedMs: number): number {
    if (this.adaptive === undefined) return this.minIntervalMs;
    const { factor, maxMs } = this.adaptive;
    return Math.min(maxMs, Math.max(this.minIntervalMs, elapsedMs * factor));
  }

  private takePending(): string[] {
    const ids = [...this.pending];
    this.pending.clear();
    return ids;
  }
}
