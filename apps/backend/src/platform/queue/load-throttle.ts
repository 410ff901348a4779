import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** High load has ended when no process has reported it for this long. */
const HIGH_LOAD_MS = 1_000;
const INTERVAL_MS = 250;
/** Jobs that start, and rows that are dispatched, per interval under high load. */
export const JOBS_PER_INTERVAL = 5;

/**
 * Throttling: limits the jobs of this worker to 20 a second while many registration requests are pending, so that messages do
 * not compete with them for the database. API processes report high load by NOTIFY, repeatedly while it lasts.
 */
@Injectable()
export class LoadThrottle {
  private highLoadUntil = 0;
  private startedInInterval = 0;
  private interval: Promise<void> | undefined;

  get isActive(): boolean {
    return performance.now() < this.highLoadUntil;
  }

  reportHighLoad(): void {
    this.highLoadUntil = performance.now() + HIGH_LOAD_MS;
  }

  /** Called before each job; without high load it does not wait. */
  async waitForTurn(): Promise<void> {
    while (this.isActive && this.startedInInterval >= JOBS_PER_INTERVAL) await this.nextInterval();
    this.startedInInterval++;
  }

  nextInterval(): Promise<void> {
    this.interval ??= pause(INTERVAL_MS).then(() => {
      this.startedInInterval = 0;
      this.interval = undefined;
    });
    return this.interval;
  }
}
