import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.js';

describe('a limit of 10 in 60 seconds', () => {
  it('allows ten attempts at once and returns how long the next one has to wait', () => {
    const limiter = new RateLimiter(10, 60);
    const waits = Array.from({ length: 12 }, () => limiter.take('ada', 30_000));
    expect(waits.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(waits[10]).toBe(31);
    expect(limiter.take('ben', 30_000)).toBe(0);
    expect(limiter.take('ada', 60_000)).toBeGreaterThan(0);
    expect(limiter.take('ada', 61_000)).toBe(0);
  });

  it('does not count a refunded attempt', () => {
    const limiter = new RateLimiter(1, 60);
    expect(limiter.take('ada', 0)).toBe(0);
    limiter.refund('ada');
    expect(limiter.take('ada', 0)).toBe(0);
    expect(limiter.take('ada', 0)).toBeGreaterThan(0);
  });

  it('drops counts after two windows', () => {
    const limiter = new RateLimiter(10, 60);
    for (let i = 0; i < 10; i++) limiter.take('ada', 0);
    expect(limiter.take('ada', 120_000)).toBe(0);
  });

  it('never allows more than the limit in a window, nor more than twice the limit in any span of its length', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }), (gaps) => {
        const limiter = new RateLimiter(10, 60);
        const allowed: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          if (limiter.take('ada', now) === 0) allowed.push(now);
        }
        for (const from of allowed) {
          const within = allowed.filter((at) => at >= from && at < from + 60_000).length;
          expect(within).toBeLessThanOrEqual(20);
          const window = Math.floor(from / 60_000);
          expect(allowed.filter((at) => Math.floor(at / 60_000) === window).length).toBeLessThanOrEqual(10);
        }
      }),
    );
  });

  it('allows an attempt after the returned waiting time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 11, maxLength: 60 }), (gaps) => {
        const limiter = new RateLimiter(10, 60);
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const wait = limiter.take('ada', now);
          if (wait === 0) continue;
          now += wait * 1000;
          expect(limiter.take('ada', now)).toBe(0);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
