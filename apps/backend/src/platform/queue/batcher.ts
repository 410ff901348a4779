import { messageOf } from './errors.js';
import type { JobOutcomes, Run } from './handler.js';
import type { JobOutcome } from './outbox.js';

interface PendingRun {
  readonly run: Run;
  readonly resolve: (outcome: JobOutcome) => void;
  readonly reject: (error: unknown) => void;
}

const MAX_BATCH_SIZE = 100;

/**
 * Batching of jobs: those that arrive while all batch slots are in use form the next batch. There is no timer, so a lone
 * job runs at once. Jobs whose batch fails or leaves them out run one by one, so that a bad job fails alone.
 */
export class Batcher {
  private pending: PendingRun[] = [];
  private batchesInFlight = 0;

  constructor(
    private readonly handle: (runs: readonly Run[]) => Promise<JobOutcomes>,
    private readonly maxBatchesInFlight: number,
  ) {}

  add(run: Run): Promise<JobOutcome> {
    return new Promise((resolve, reject) => {
      this.pending.push({ run, resolve, reject });
      // One turn of the event loop later: jobs that the queue delivered together go into one batch.
      setImmediate(() => this.startNext());
    });
  }

  private startNext(): void {
    if (this.batchesInFlight >= this.maxBatchesInFlight || this.pending.length === 0) return;
    const batch = this.pending.splice(0, MAX_BATCH_SIZE);
    this.batchesInFlight++;
    // Never rejects: every failure goes to the promise of its job.
    void this.runBatch(batch).finally(() => {
      this.batchesInFlight--;
      this.startNext();
    });
  }

  private async runBatch(batch: readonly PendingRun[]): Promise<void> {
    let outcomes: JobOutcomes = new Map();
    if (batch.length > 1)
      try {
        outcomes = await this.handle(batch.map(({ run }) => run));
      } catch {
        // The job that caused it fails again below, alone.
      }
    for (const pending of batch) {
      const outcome = outcomes.get(pending.run.outboxId);
      if (outcome === undefined) await this.runSingle(pending);
      else pending.resolve(outcome);
    }
  }

  private async runSingle({ run, resolve, reject }: PendingRun): Promise<void> {
    try {
      const outcome = (await this.handle([run])).get(run.outboxId);
      if (outcome !== undefined) resolve(outcome);
      else reject(new Error('Another transaction holds the rows of this job.'));
    } catch (error) {
      reject(error instanceof Error ? error : new Error(messageOf(error)));
    }
  }
}
