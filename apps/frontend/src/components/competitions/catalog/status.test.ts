import { expect, it } from 'vitest';
import { isAlmostFull, statusAt } from './status';

const NOON = Date.parse('2026-12-01T12:00:00Z');
const facts = {
  status: 'open',
  regOpensAt: '2026-12-01T11:00:00Z',
  regDeadline: '2026-12-01T13:00:00Z',
  seatsLeft: 3,
} as const;

it('moves on by the clock alone: before, open, closed', () => {
  expect(statusAt({ ...facts, status: 'upcoming' }, NOON - 3_600_001)).toBe('upcoming');
  expect(statusAt({ ...facts, status: 'upcoming' }, NOON - 3_600_000)).toBe('open');
  expect(statusAt(facts, NOON + 3_599_999)).toBe('open');
  expect(statusAt(facts, NOON + 3_600_000)).toBe('closed');
});

it('is full without seats, and open again with one', () => {
  expect(statusAt({ ...facts, seatsLeft: 0 }, NOON)).toBe('full');
  expect(statusAt({ ...facts, status: 'full', seatsLeft: 1 }, NOON)).toBe('open');
});

it('stays cancelled', () => {
  expect(statusAt({ ...facts, status: 'cancelled' }, NOON)).toBe('cancelled');
});

it('is almost full in its last tenth, and never with its only seat free', () => {
  expect([
    isAlmostFull(10, 100),
    isAlmostFull(11, 100),
    isAlmostFull(1, 5),
    isAlmostFull(1, 1),
    isAlmostFull(0, 5),
  ]).toEqual([true, false, true, false, false]);
});
