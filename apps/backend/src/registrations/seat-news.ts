import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { Metrics } from '../common/metrics/metrics.js';
import { LiveService } from '../live/live.service.js';
import { Outbox } from '../queue/outbox.js';
import type { Outcome } from './batch.js';
import type { Act, Seats } from './verdict.js';

/** Tells those who have to know of what the desk has done: after the commit, and never in anybody's way. */
/** So many in line at once are a rush: messages can wait, people cannot. */
const RUSH_OF = 64;

@Injectable()
export class SeatNews {
  constructor(
    private readonly outbox: Outbox,
    private readonly live: LiveService,
    private readonly metrics: Metrics,
  ) {}

  /** A competition's seats have changed; so there is something in the outbox too. */
  seats(competitionId: string, seats: Seats): void {
    this.outbox.wake();
    this.live.publish(competitionId, seats);
  }

  /** A batch has come back, and so many stand in line by now. */
  judged(act: Act, outcomes: readonly Outcome[], inLine: number): void {
    if (inLine >= RUSH_OF) this.outbox.wake({ rush: true });
    if (act !== 'register') return;
    this.metrics.admissionBatch(outcomes.length);
    const people = new Map<string, number>();
    for (const outcome of outcomes) {
      const name = nameOf(outcome);
      people.set(name, (people.get(name) ?? 0) + 1);
    }
    for (const [name, n] of people) this.metrics.registration(name, n);
  }
}

function nameOf(outcome: Outcome): string {
  if (outcome instanceof DomainError) return outcome.code;
  if (outcome.kind === 'done') return outcome.status;
  if (outcome.kind === 'refused') return outcome.code;
  return outcome.kind === 'replayed' ? 'REPLAY' : 'SKIPPED';
}
