import { Injectable } from '@nestjs/common';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { Outbox } from '../../platform/queue/outbox.js';
import type { AdmissionOperation, SeatCounts } from './admission.js';
import type { AdmissionOutcome } from './admission-batch.js';

/** From this many pending requests on, workers throttle their jobs: messages can wait, registration requests cannot. */
const HIGH_LOAD_FROM = 64;

/** The effects of a batch after its commit: wakes the relay, publishes seats to subscribers, counts. Never throws. */
@Injectable()
export class AdmissionEvents {
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

  batchCompleted(operation: AdmissionOperation, outcomes: readonly AdmissionOutcome[], pendingRequests: number): void {
    if (pendingRequests >= HIGH_LOAD_FROM) this.outbox.wake({ highLoad: true });
    if (operation !== 'register') return;
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
    case 'skipped':
      return 'SKIPPED';
  }
}
