import { Injectable } from '@nestjs/common';
import type { Outcome } from './batch.js';
import type { Act, Seats } from './verdict.js';

/** Tells those who have to know of what the desk has done. */
@Injectable()
export class SeatNews {
  seats(_competitionId: string, _seats: Seats): void {}

  judged(_act: Act, _size: number, _outcomes: readonly Outcome[]): void {}
}
