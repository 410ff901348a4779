import { DomainError } from '../errors/domain-error.js';

/** Lets only so many work at a time and only so many wait; who comes beyond that is told to come again. */
export class Semaphore {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(
    atWork: number,
    private readonly mostWaiting: number,
  ) {
    this.free = atWork;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.free > 0) this.free--;
    else if (this.waiting.length < this.mostWaiting) await new Promise<void>((go) => this.waiting.push(go));
    else throw new DomainError('BUSY', { retryAfterSeconds: 5 });
    try {
      return await work();
    } finally {
      // The slot goes to the next in line without becoming free: nobody who comes later slips in.
      const next = this.waiting.shift();
      if (next === undefined) this.free++;
      else next();
    }
  }
}
