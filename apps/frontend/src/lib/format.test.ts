import { describe, expect, it } from 'vitest';
import { count, formatDuration, formatInstant, seatsLeftText } from './format';

describe('a duration', () => {
  it.each([
    [0, '0 s'],
    [-5_000, '0 s'],
    [400, '1 s'],
    [59_001, '1 min 00 s'],
    [249_000, '4 min 09 s'],
    [7_500_000, '2 h 05 min'],
    [86_400_000, '1 day 0 h'],
    [273_600_000, '3 days 4 h'],
    [7_776_000_000, '90 days'],
  ])('of %d ms is shown as "%s"', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('an instant', () => {
  it('is shown in the given time zone with its name', () => {
    expect(formatInstant('2026-12-24T19:00:00.000Z', 'full', 'UTC')).toBe('Thu 24 Dec 2026, 19:00 UTC');
    expect(formatInstant('2026-12-24T23:30:00.000Z', 'full', 'Europe/Stockholm')).toBe('Fri 25 Dec 2026, 00:30 CET');
  });

  it('respects daylight saving time', () => {
    expect(formatInstant('2027-05-20T07:00:00.000Z', 'short', 'Europe/Stockholm')).toBe('20 May 2027, 09:00');
  });

  it('is empty for an invalid date', () => {
    expect(formatInstant('never', 'full', 'UTC')).toBe('');
  });
});

it('uses plurals and thousands separators', () => {
  expect([count(1, 'seat'), count(12_000, 'seat'), count(1, 'person'), count(2, 'person')]).toEqual([
    '1 seat',
    '12,000 seats',
    '1 person',
    '2 people',
  ]);
  expect([seatsLeftText(12, 100), seatsLeftText(0, 60), seatsLeftText(0, 1)]).toEqual([
    '12 of 100 seats left',
    'All 60 seats taken',
    'The seat is taken',
  ]);
});
