import { Injectable } from '@nestjs/common';
import { Outbox } from '../queue/outbox.js';
import type { Outcome } from './batch.js';
import type { Act, Seats } from './verdict.js';

/** Tells those who have to know of what the desk has done. After the commit, and never in anybody's way. */
@Injectable()
export class SeatNews {
  constructor(private readonly outbox: Outbox) {}

  seats(_competitionId: string, _seats: Seats): void {
    this.outbox.wake();
  }

  judged(_act: Act, _size: number, _outcomes: readonly Outcome[]): void {}
}
