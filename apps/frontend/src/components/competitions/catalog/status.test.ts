import { expect, it } from 'vitest';
import { displayStatus, isAlmostFull, statusAt } from './status';

const NOON = Date.parse('2026-12-01T12:00:00Z');
const competition = {
  status: 'open',
  regOpensAt: '2026-12-01T11:00:00Z',
  regDeadline: '2026-12-01T13:00:00Z',
  seatsLeft: 3,
  waiting: 0,
  admissionMode: 'FIRST_COME',
} as const;

it('opens and closes by the clock', () => {
  expect(statusAt({ ...competition, status: 'upcoming' }, NOON - 3_600_001)).toBe('upcoming');
  expect(statusAt({ ...competition, status: 'upcoming' }, NOON - 3_600_000)).toBe('open');
  expect(statusAt(competition, NOON + 3_599_999)).toBe('open');
  expect(statusAt(competition, NOON + 3_600_000)).toBe('closed');
});

it('is open or full as the server says, which knows of seats whose hold is due', () => {
  expect(statusAt({ ...competition, seatsLeft: 0 }, NOON)).toBe('open');
  expect(statusAt({ ...competition, status: 'full' }, NOON)).toBe('full');
});

it('R7 opens as full if all free seats belong to the waitlist', () => {
  const opening = { ...competition, status: 'upcoming' } as const;
  expect(statusAt({ ...opening, seatsLeft: 0 }, NOON)).toBe('full');
  expect(statusAt({ ...opening, waiting: 3 }, NOON)).toBe('full');
  expect(statusAt({ ...opening, waiting: 2 }, NOON)).toBe('open');
});

it('is never full where people apply', () => {
  const applying = { ...competition, seatsLeft: 0, admissionMode: 'APPROVAL' } as const;
  expect(statusAt({ ...applying, status: 'upcoming' }, NOON)).toBe('open');
  expect(displayStatus('open', { ...applying, capacity: 5, waitlist: true }).text).toBe('status.applications');
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

it('is open for applications, and neither full nor almost full, where the staff decides', () => {
  const byApplication = {
    ...competition,
    admissionMode: 'APPROVAL',
    seatsLeft: 0,
    capacity: 20,
    waitlist: true,
  } as const;
  expect(statusAt({ ...byApplication, waiting: 9 }, NOON)).toBe('open');
  expect(displayStatus('open', { ...byApplication, seatsLeft: 1 })).toMatchObject({ text: 'status.applications' });
  expect(displayStatus('closed', byApplication)).toMatchObject({ text: 'status.closed' });
});

it('speaks of the waitlist alone while seats are free that belong to it', () => {
  const waiting = { ...competition, capacity: 8, waitlist: true, waiting: 3 };
  expect(displayStatus('full', { ...waiting, seatsLeft: 2 })).toMatchObject({ text: 'waitlistOpen' });
  expect(displayStatus('full', { ...waiting, seatsLeft: 0 })).toMatchObject({ text: 'fullWaitlist' });
});
