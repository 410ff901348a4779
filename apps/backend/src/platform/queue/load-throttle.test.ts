import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LoadThrottle, nextRate, RATE } from './load-throttle.js';
import type { LoadReport } from './outbox.js';

const countStarted = (throttle: LoadThrottle, jobs: number) => {
  const count = { started: 0 };
  for (let i = 0; i < jobs; i++) void throttle.waitForTurn().then(() => count.started++);
  return count;
};

/** The rates of `intervals` intervals with a backlog, on a database that is slow beyond a number of jobs per interval. */
function ratesOn(capacity: number, intervals: number, start: number = RATE.initial): number[] {
  const rates = [start];
  for (let i = 0; i < intervals; i++) {
    const rate = rates[i] as number;
    rates.push(nextRate(rate, { started: rate, dispatched: rate, wasSlow: rate > capacity }));
  }
  return rates;
}

describe('the rate of a throttled worker', () => {
  it('R16 settles between half of what the database can do and a quarter or one step more', () => {
    const start = fc.integer({ min: RATE.min, max: RATE.max });
    const capacity = fc.integer({ min: RATE.min, max: RATE.max - 1 });
    fc.assert(
      fc.property(start, capacity, (from, limit) => {
        for (const rate of ratesOn(limit, 200, from).slice(100)) {
          expect(rate).toBeGreaterThanOrEqual(Math.max(RATE.min, Math.floor(limit / 2)));
          expect(rate).toBeLessThanOrEqual(Math.max(limit + 20, limit * 1.25) + 1);
        }
      }),
    );
  });

  it('R16 reaches 800 jobs a second within 15 s where the database has room, and the minimum within 6 s where it has none', () => {
    expect(ratesOn(RATE.max, 15).at(-1)).toBeGreaterThan(800);
    expect(ratesOn(0, 6, 800).at(-1)).toBe(RATE.min);
    expect(ratesOn(RATE.max, 100).at(-1)).toBe(RATE.max);
  });

  it('does not grow while it is not used', () => {
    expect(nextRate(100, { started: 30, dispatched: 31, wasSlow: false })).toBe(100);
    expect(nextRate(100, { started: 0, dispatched: 0, wasSlow: true })).toBe(50);
  });

  it('R16 falls below what the worker can do, also when no batch is slow: beyond it nothing would be throttled', () => {
    expect(nextRate(100, { started: 60, dispatched: 100, wasSlow: false })).toBe(50);
    expect(nextRate(50, { started: 50, dispatched: 50, wasSlow: false })).toBe(70);
  });
});

describe('the load throttle of a worker', () => {
  it('starts each job at once without high load', async () => {
    const throttle = new LoadThrottle();
    const count = countStarted(throttle, 10_000);
    await pause(0);
    expect(count.started).toBe(10_000);
    expect(throttle.dispatchable).toBe(Number.POSITIVE_INFINITY);
  });

  it('starts as many jobs per interval as the rate allows under high load, and all of them after it', async () => {
    const throttle = new LoadThrottle();
    throttle.report('normal');
    const count = countStarted(throttle, 1_000);
    await pause(0);
    expect(count.started).toBe(RATE.initial);
    throttle.countDispatched(30);
    expect(throttle.dispatchable).toBe(RATE.initial - 30);
    await expect.poll(() => count.started, { timeout: 5_000 }).toBe(RATE.initial + 125);
    await expect.poll(() => count.started, { timeout: 10_000 }).toBe(1_000);
    expect(throttle.isActive).toBe(false);
  });

  it('keeps the rate while no batch ends, and throttles until one has had the time to', async () => {
    const throttle = new LoadThrottle();
    throttle.report('slow');
    const count = countStarted(throttle, 1_000);
    await expect.poll(() => count.started, { timeout: 5_000 }).toBe(RATE.initial + 50);
    await expect.poll(() => count.started, { timeout: 5_000 }).toBe(RATE.initial + 50 + 50);
    await expect.poll(() => count.started, { timeout: 10_000 }).toBe(1_000);
  });

  it('follows the majority of the reports, so that one slow API process among many does not decide', async () => {
    const startedInTwoIntervals = async (reports: readonly LoadReport[]) => {
      const throttle = new LoadThrottle();
      for (const report of reports) throttle.report(report);
      const count = countStarted(throttle, 1_000);
      await expect.poll(() => count.started, { timeout: 5_000 }).toBeGreaterThan(RATE.initial);
      return count.started;
    };
    expect(
      await Promise.all([
        startedInTwoIntervals(['slow', 'normal', 'normal']),
        startedInTwoIntervals(['slow', 'slow', 'normal']),
      ]),
    ).toEqual([RATE.initial + 125, RATE.initial + 50]);
  });
});
