import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** A rush is over when nothing was heard of it for so long. */
const LASTS_MS = 1_000;
const BEAT_MS = 250;
/** Jobs that begin, and rows that are handed over, in one beat of a rush. */
export const JOBS_PER_INTERVAL = 5;

/**
 * People come before the messages about them: while they stand in line for seats, this worker goes on at 20 jobs a
 * second, so that the database is theirs. A bell that says "rush" tells it, again and again while it lasts.
 */
@Injectable()
export class LoadThrottle {
  private rushUntil = 0;
  private begun = 0;
  private beat: Promise<void> | undefined;

  get isActive(): boolean {
    return performance.now() < this.rushUntil;
  }

  reportHighLoad(): void {
    this.rushUntil = performance.now() + LASTS_MS;
  }

  /** Before each job: at once in ordinary times. */
  async waitForTurn(): Promise<void> {
    while (this.isActive && this.begun >= JOBS_PER_INTERVAL) await this.nextInterval();
    this.begun++;
  }

  nextInterval(): Promise<void> {
    this.beat ??= pause(BEAT_MS).then(() => {
      this.begun = 0;
      this.beat = undefined;
    });
    return this.beat;
  }
}
