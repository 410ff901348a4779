import { Injectable } from '@nestjs/common';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { Outbox } from '../../platform/queue/outbox.js';
import type { SeatCounts } from './admission.js';
import type { AdmissionOutcome } from './admission-batch.js';
import { AdmissionLatency } from './admission-latency.js';
import type { Batch } from './batch-scheduler.js';

/** From this many pending requests on, workers throttle their jobs: messages can wait, registration requests cannot. */
const HIGH_LOAD_FROM = 64;

interface Completion {
  /** From sending the batch to its last outcome. */
  readonly durationMs: number;
  readonly pendingRequests: number;
}

/** The effects of a batch after its commit: wakes the relay, publishes seats to subscribers, counts. Never throws. */
@Injectable()
export class AdmissionEvents {
  private readonly latency = new AdmissionLatency();

  constructor(
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
    private readonly metrics: Metrics,
  ) {}

  seatsChanged(competitionId: string, seats: SeatCounts): void {
    // The same transaction wrote outbox rows.
    this.outbox.wake();
    this.live.publish(competitionId, seats);
  }

  batchCompleted(
    batch: Batch,
    outcomes: readonly AdmissionOutcome[],
    { durationMs, pendingRequests }: Completion,
  ): void {
    this.latency.record(batch, outcomes, durationMs);
    if (pendingRequests >= HIGH_LOAD_FROM) this.outbox.wake(this.latency.isSlow ? 'slow' : 'normal');
    if (batch.operation !== 'register') return;
    this.metrics.admissionBatch(outcomes.length);
    const counts = new Map<string, number>();
    for (const outcome of outcomes) {
      const label = labelOf(outcome);
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    for (const [label, count] of counts) this.metrics.registration(label, count);
  }
}

function labelOf(outcome: AdmissionOutcome): string {
  if (outcome instanceof DomainError) return outcome.code;
  switch (outcome.kind) {
    case 'done':
      return outcome.status;
    case 'refused':
      return outcome.code;
    case 'replayed':
      return 'REPLAY';
    case 'answers-invalid':
      return 'ANSWERS_INVALID';
    case 'skipped':
      return 'SKIPPED';
  }
}
