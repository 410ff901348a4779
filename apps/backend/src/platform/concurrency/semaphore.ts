import { DomainError } from '../errors/domain-error.js';

/** Limits how many tasks run and how many wait; further ones fail with BUSY. */
export class Semaphore {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(
    maxRunning: number,
    private readonly maxWaiting: number,
  ) {
    this.free = maxRunning;
  }

  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free--;
    else if (this.waiting.length < this.maxWaiting) await new Promise<void>((start) => this.waiting.push(start));
    else throw new DomainError('BUSY', { retryAfterSeconds: 5 });
    try {
      return await task();
    } finally {
      // Passes the slot on without freeing it, so that a later task cannot overtake the waiting one.
      const startNext = this.waiting.shift();
      if (startNext === undefined) this.free++;
      else startNext();
    }
  }
}
