import { messageOf } from './errors.js';
import type { Run } from './handler.js';

interface Waiting {
  readonly run: Run;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

const MOST_TOGETHER = 100;

/**
 * Jobs that arrive while a statement is under way go together in the next one: no timer, a lone job waits for nobody.
 * What fails together, or is left over, is judged one by one, so that one bad job costs the others nothing.
 */
export class Batcher {
  private waiting: Waiting[] = [];
  private underWay = 0;

  constructor(
    private readonly handle: (runs: readonly Run[]) => Promise<readonly string[]>,
    private readonly lanes: number,
  ) {}

  add(run: Run): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ run, done, failed });
      // One turn later: jobs that came with the same answer from the queue are in one batch.
      setImmediate(() => this.next());
    });
  }

  private next(): void {
    if (this.underWay >= this.lanes || this.waiting.length === 0) return;
    const batch = this.waiting.splice(0, MOST_TOGETHER);
    this.underWay++;
    void this.work(batch).finally(() => {
      this.underWay--;
      this.next();
    });
  }

  private async work(batch: readonly Waiting[]): Promise<void> {
    let done = new Set<string>();
    if (batch.length > 1)
      try {
        done = new Set(await this.handle(batch.map(({ run }) => run)));
      } catch {
        // Which of them it was shows below.
      }
    for (const one of batch)
      if (done.has(one.run.outboxId)) one.done();
      else await this.single(one);
  }

  private async single({ run, done, failed }: Waiting): Promise<void> {
    try {
      const ids = await this.handle([run]);
      if (ids.includes(run.outboxId)) done();
      else failed(new Error('The rows of this job are held by somebody else.'));
    } catch (error) {
      failed(error instanceof Error ? error : new Error(messageOf(error)));
    }
  }
}
