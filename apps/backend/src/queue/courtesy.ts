import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** A rush is over when nothing was heard of it for so long. */
const LASTS_MS = 1_000;
const BEAT_MS = 250;
/** Jobs that begin, and rows that are handed over, in one beat of a rush. */
export const PER_BEAT = 5;

/**
 * People come before the messages about them: while they stand in line for seats, this worker goes on at 20 jobs a
 * second, so that the database is theirs. A bell that says "rush" tells it, again and again while it lasts.
 */
@Injectable()
export class Courtesy {
  private rushUntil = 0;
  private begun = 0;
  private beat: Promise<void> | undefined;

  get inRush(): boolean {
    return performance.now() < this.rushUntil;
  }

  hearOfRush(): void {
    this.rushUntil = performance.now() + LASTS_MS;
  }

  /** Before each job: at once in ordinary times. */
  async turn(): Promise<void> {
    while (this.inRush && this.begun >= PER_BEAT) await this.nextBeat();
    this.begun++;
  }

  nextBeat(): Promise<void> {
    this.beat ??= pause(BEAT_MS).then(() => {
      this.begun = 0;
      this.beat = undefined;
    });
    return this.beat;
  }
}
