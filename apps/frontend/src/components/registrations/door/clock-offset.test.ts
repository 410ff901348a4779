import { describe, expect, it } from 'vitest';
import { boundOffset, estimateOffset } from './clock-offset';

/** A device that is ten minutes behind, over a network with these delays. */
const sample = (sentAt: number, { up, down }: { up: number; down: number }) => ({
  sentAt,
  serverAt: sentAt + up + 600_000,
  answeredAt: sentAt + up + down,
});

describe('CI-10: the clock of the server', () => {
  it('is estimated from request and response: half of the way is the most that it can be off', () => {
    expect(estimateOffset(boundOffset(null, sample(0, { up: 40, down: 40 })))).toBe(600_000);
    expect(estimateOffset(boundOffset(null, sample(0, { up: 3_000, down: 200 })))).toBe(601_400);
  });

  it('is known better with each exchange, whether it was a fast one or a slow one', () => {
    const slow = boundOffset(null, sample(0, { up: 3_000, down: 200 }));
    const fast = boundOffset(slow, sample(10_000, { up: 30, down: 50 }));
    expect(estimateOffset(fast)).toBe(599_990);
    expect(boundOffset(fast, sample(20_000, { up: 5_000, down: 5_000 }))).toEqual(fast);
  });

  it('is estimated again when somebody has set the clock of the device', () => {
    const before = boundOffset(null, sample(0, { up: 30, down: 50 }));
    const { sentAt, answeredAt, serverAt } = sample(60_000, { up: 20, down: 20 });
    const set = { sentAt: sentAt + 600_000, answeredAt: answeredAt + 600_000, serverAt };
    expect(estimateOffset(boundOffset(before, set))).toBe(0);
  });
});
