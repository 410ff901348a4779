import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { LoadReport } from './outbox.js';

/**
 * High load has ended when no process has reported it for this long. Longer than a batch of requests can take: reports come
 * with its end, so on a database that stalls a shorter time would end the throttling when it is needed most.
 */
const HIGH_LOAD_MS = 4_000;
/** Jobs start together once per interval: batches of a few jobs cost the database twice as much per job. */
const INTERVAL_MS = 1_000;

/** Jobs that start, and rows that are dispatched, per interval of high load. */
export const RATE = { initial: 100, min: 20, max: 10_000 } as const;
const MIN_INCREASE = 20;
const INCREASE = 0.25;
const DECREASE = 0.5;
/** A worker that starts less than this share of the jobs that it dispatched is at its limit. */
const SATURATED_BELOW = 0.8;

interface Interval {
  readonly started: number;
  readonly dispatched: number;
  readonly wasSlow: boolean;
}

/**
 * Congestion control: the rate is halved when the database was slow, and otherwise grows by a quarter or by a fixed step.
 * It is also halved when it is more than the worker can do, because then it does not throttle at all. A rate that was not
 * used does not grow, or it would take many intervals to come down again.
 */
export function nextRate(rate: number, { started, dispatched, wasSlow }: Interval): number {
  const isSaturated = dispatched >= rate && started < SATURATED_BELOW * rate;
  if (wasSlow || isSaturated) return Math.max(RATE.min, Math.floor(rate * DECREASE));
  if (started < rate) return rate;
  return Math.min(RATE.max, Math.ceil(rate + Math.max(MIN_INCREASE, rate * INCREASE)));
}

/**
 * Throttling: limits the jobs of this worker while many registration requests are pending, so that messages do not compete
 * with them for the database. API processes report high load by NOTIFY, repeatedly while it lasts, and whether admission
 * takes longer than it does undisturbed. The limit follows these reports, because what a database can do besides
 * admission depends on the machine. Without high load nothing waits.
 */
@Injectable()
export class LoadThrottle {
  private highLoadUntil = 0;
  private rate: number = RATE.initial;
  private intervalEndsAt = 0;
  private started = 0;
  private dispatched = 0;
  private reports = { all: 0, slow: 0 };
  private interval: Promise<void> | undefined;

  get isActive(): boolean {
    return performance.now() < this.highLoadUntil;
  }

  report(load: LoadReport): void {
    const now = performance.now();
    if (!this.isActive) this.startInterval(RATE.initial);
    this.highLoadUntil = now + HIGH_LOAD_MS;
    this.reports.all++;
    if (load === 'slow') this.reports.slow++;
  }

  /** Called before a job, or before several that start together. */
  async waitForTurn(jobs = 1): Promise<void> {
    while (this.limit() <= this.started) await this.nextInterval();
    this.started += jobs;
  }

  /** How many rows the relay may dispatch now. */
  get dispatchable(): number {
    return this.limit() - this.dispatched;
  }

  countDispatched(rows: number): void {
    this.dispatched += rows;
  }

  nextInterval(): Promise<void> {
    this.interval ??= pause(Math.max(1, this.intervalEndsAt - performance.now())).then(() => {
      this.interval = undefined;
    });
    return this.interval;
  }

  private limit(): number {
    if (!this.isActive) return Number.POSITIVE_INFINITY;
    if (performance.now() >= this.intervalEndsAt) {
      const { all, slow } = this.reports;
      // By majority: with many API processes, one on a busy machine must not slow down all workers.
      const interval = { started: this.started, dispatched: this.dispatched, wasSlow: slow * 2 > all };
      // Without a report nothing is known: the load may have ended, or no batch did.
      this.startInterval(all === 0 ? this.rate : nextRate(this.rate, interval));
    }
    return this.rate;
  }

  private startInterval(rate: number): void {
    this.rate = rate;
    this.intervalEndsAt = performance.now() + INTERVAL_MS;
    this.started = 0;
    this.dispatched = 0;
    this.reports = { all: 0, slow: 0 };
  }
}
