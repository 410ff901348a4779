import { expect, it } from 'vitest';
import { isAlmostFull, statusAt } from './status';

const NOON = Date.parse('2026-12-01T12:00:00Z');
const competition = {
  status: 'open',
  regOpensAt: '2026-12-01T11:00:00Z',
  regDeadline: '2026-12-01T13:00:00Z',
  seatsLeft: 3,
  waiting: 0,
} as const;

it('opens and closes by the clock', () => {
  expect(statusAt({ ...competition, status: 'upcoming' }, NOON - 3_600_001)).toBe('upcoming');
  expect(statusAt({ ...competition, status: 'upcoming' }, NOON - 3_600_000)).toBe('open');
  expect(statusAt(competition, NOON + 3_599_999)).toBe('open');
  expect(statusAt(competition, NOON + 3_600_000)).toBe('closed');
});

it('is full without free seats, and open again with one', () => {
  expect(statusAt({ ...competition, seatsLeft: 0 }, NOON)).toBe('full');
  expect(statusAt({ ...competition, status: 'full', seatsLeft: 1 }, NOON)).toBe('open');
});

it('R7 is full while all free seats belong to the waitlist', () => {
  expect(statusAt({ ...competition, waiting: 3 }, NOON)).toBe('full');
  expect(statusAt({ ...competition, waiting: 2 }, NOON)).toBe('open');
});

it('stays canceled at any time', () => {
  expect(statusAt({ ...competition, status: 'cancelled' }, NOON)).toBe('cancelled');
});

it('is almost full when a tenth of its seats is left, but not when its only seat is free', () => {
  expect([
    isAlmostFull(10, 100),
    isAlmostFull(11, 100),
    isAlmostFull(1, 5),
    isAlmostFull(1, 1),
    isAlmostFull(0, 5),
  ]).toEqual([true, false, true, false, false]);
});
