import { describe, expect, it } from 'vitest';
import { planSeats, runOfMarks, seatsPerMark } from './seat-plan';

const FIELD = { maxMarks: 240, maxColumns: 20, aspect: 2.2 };

describe('a field of seats', () => {
  it.each([1, 2, 7, 40, 100, 239, 240, 241, 5_000, 12_345, 1_000_000])('has room for %d', (capacity) => {
    const { columns, rows, marks, perMark } = planSeats({ capacity, taken: 0 }, FIELD);
    expect(marks).toBeLessThanOrEqual(240);
    expect(columns).toBeLessThanOrEqual(20);
    expect(columns * rows).toBeGreaterThanOrEqual(marks);
    expect(columns * (rows - 1)).toBeLessThan(marks);
    expect(marks * perMark).toBeGreaterThanOrEqual(capacity);
  });

  it('never rounds the last free seat away, nor the first taken one', () => {
    const capacity = 1_000_000;
    expect(planSeats({ capacity, taken: capacity - 1 }, FIELD).taken).toBe(
      planSeats({ capacity, taken: 0 }, FIELD).marks - 1,
    );
    expect(planSeats({ capacity, taken: 1 }, FIELD).taken).toBe(1);
    expect(planSeats({ capacity, taken: 0 }, FIELD).taken).toBe(0);
    expect(planSeats({ capacity, taken: capacity }, FIELD).taken).toBe(planSeats({ capacity, taken: 0 }, FIELD).marks);
  });

  it('lets a mark stand for a number that people can say', () => {
    expect([100, 241, 1_000, 12_000, 1_000_000].map((capacity) => seatsPerMark(capacity, 240))).toEqual([
      1, 2, 5, 50, 5_000,
    ]);
  });

  it('leaves no row half where the seats come out even', () => {
    const { columns, rows } = planSeats({ capacity: 60, taken: 0 }, FIELD);
    expect(columns * rows).toBe(60);
  });
});

it('covers each mark of a run once', () => {
  for (const columns of [1, 3, 7])
    for (let from = 0; from < 22; from++)
      for (let to = from; to < 22; to++) {
        const marks = runOfMarks(from, to, columns).flatMap(({ x, y, width, height }) =>
          Array.from(
            { length: width * height },
            (_, index) => (y + Math.floor(index / width)) * columns + x + (index % width),
          ),
        );
        expect(marks.sort((a, b) => a - b)).toEqual(Array.from({ length: to - from }, (_, index) => from + index));
      }
});
