import { DomainError } from '../../platform/errors/domain-error.js';
import type { AdmissionOutcome } from './admission-batch.js';
import type { Batch } from './batch-scheduler.js';

/** The database is slow when admission takes on average this many times its baseline. */
const SLOW_FROM = 2;
/** A single stall, such as a checkpoint, says little about the load: no sample counts for more than this. */
const MAX_RATIO = 4;
/** The average covers about this time: batches count by how long they took, so that it follows when there are few. */
const SMOOTHING_MS = 500;
const MAX_WEIGHT = 0.25;
/** How far the baseline moves towards a shorter duration. */
const FALL = 0.1;
/** Without shorter durations the baseline rises: otherwise a table that has grown would look like load for ever. */
const BASELINE_DOUBLES_IN_MS = 60_000;

interface Baseline {
  durationMs: number;
  at: number;
}

/**
 * Compares how long admission batches take with how long they take undisturbed. The baseline follows the shortest
 * durations. Each shape of a batch has its own, because a batch that writes 256 registrations takes longer than one that
 * refuses two requests.
 */
export class AdmissionLatency {
  private readonly baselines = new Map<string, Baseline>();
  private averageRatio = 1;

  get isSlow(): boolean {
    return this.averageRatio >= SLOW_FROM;
  }

  record(batch: Batch, outcomes: readonly AdmissionOutcome[], durationMs: number, now = performance.now()): void {
    // A refused connection or a skipped row takes no time. As a baseline it would make all later batches look slow.
    if (outcomes.some((outcome) => outcome instanceof DomainError || outcome.kind === 'skipped')) return;
    const shape = shapeOf(batch, outcomes);
    const baseline = this.baselines.get(shape);
    if (baseline === undefined) {
      this.baselines.set(shape, { durationMs, at: now });
      return;
    }
    const risen = baseline.durationMs * 2 ** ((now - baseline.at) / BASELINE_DOUBLES_IN_MS);
    baseline.durationMs = durationMs < risen ? Math.max(durationMs, risen + (durationMs - risen) * FALL) : risen;
    baseline.at = now;
    const ratio = Math.min(MAX_RATIO, durationMs / baseline.durationMs);
    const weight = Math.min(MAX_WEIGHT, 1 - Math.exp(-durationMs / SMOOTHING_MS));
    this.averageRatio += (ratio - this.averageRatio) * weight;
  }
}

/** What the duration depends on when nothing disturbs it; numbers by powers of two, so that there are few shapes. */
function shapeOf({ operation, lock, requests }: Batch, outcomes: readonly AdmissionOutcome[]): string {
  const written = outcomes.filter((outcome) => !(outcome instanceof DomainError) && outcome.kind === 'done').length;
  return [operation, lock, ...[outcomes.length, written, requests.size].map((n) => Math.floor(Math.log2(n + 1)))].join(
    ' ',
  );
}
