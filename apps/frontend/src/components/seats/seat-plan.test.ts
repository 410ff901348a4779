import { describe, expect, it } from 'vitest';
import { markRectangles, planSeats, seatsPerMark } from './seat-plan';

const LAYOUT = { maxMarks: 240, maxColumns: 20, aspect: 2.2 };

describe('the seat grid', () => {
  it.each([1, 2, 7, 40, 100, 239, 240, 241, 5_000, 12_345, 1_000_000])('fits %d seats into its limits', (capacity) => {
    const { columns, rows, marks, perMark } = planSeats({ capacity, taken: 0 }, LAYOUT);
    expect(marks).toBeLessThanOrEqual(240);
    expect(columns).toBeLessThanOrEqual(20);
    expect(columns * rows).toBeGreaterThanOrEqual(marks);
    expect(columns * (rows - 1)).toBeLessThan(marks);
    expect(marks * perMark).toBeGreaterThanOrEqual(capacity);
  });

  it('never hides the last free seat or the first taken one by rounding', () => {
    const capacity = 1_000_000;
    expect(planSeats({ capacity, taken: capacity - 1 }, LAYOUT).taken).toBe(
      planSeats({ capacity, taken: 0 }, LAYOUT).marks - 1,
    );
    expect(planSeats({ capacity, taken: 1 }, LAYOUT).taken).toBe(1);
    expect(planSeats({ capacity, taken: 0 }, LAYOUT).taken).toBe(0);
    expect(planSeats({ capacity, taken: capacity }, LAYOUT).taken).toBe(
      planSeats({ capacity, taken: 0 }, LAYOUT).marks,
    );
  });

  it('uses a round number of seats per mark', () => {
    expect([100, 241, 1_000, 12_000, 1_000_000].map((capacity) => seatsPerMark(capacity, 240))).toEqual([
      1, 2, 5, 50, 5_000,
    ]);
  });

  it('has no incomplete row if a similar number of columns divides the seats', () => {
    for (const capacity of [4, 16, 60]) {
      const { columns, rows } = planSeats({ capacity, taken: 0 }, LAYOUT);
      expect(columns * rows).toBe(capacity);
    }
  });
});

it('covers each mark with exactly one rectangle', () => {
  for (const columns of [1, 3, 7])
    for (let from = 0; from < 22; from++)
      for (let to = from; to < 22; to++) {
        const marks = markRectangles(from, to, columns).flatMap(({ x, y, width, height }) =>
          Array.from(
            { length: width * height },
            (_, index) => (y + Math.floor(index / width)) * columns + x + (index % width),
          ),
        );
        expect(marks.sort((a, b) => a - b)).toEqual(Array.from({ length: to - from }, (_, index) => from + index));
      }
});
