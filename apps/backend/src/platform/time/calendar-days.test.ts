import { expect, it } from 'vitest';
import { CalendarDays } from './calendar-days.js';

const DAY = (date: string) => Date.parse(date) / 86_400_000;
const iso = (date: Date) => date.toISOString();

it.each([
  ['UTC', '2026-11-26', '2026-11-26T00:00:00.000Z'],
  ['Asia/Kolkata', '2026-11-26', '2026-11-25T18:30:00.000Z'],
  ['Asia/Calcutta', '2026-11-26', '2026-11-25T18:30:00.000Z'],
  ['Asia/Kathmandu', '2026-11-26', '2026-11-25T18:15:00.000Z'],
  ['Pacific/Kiritimati', '2026-11-26', '2026-11-25T10:00:00.000Z'],
  ['Pacific/Pago_Pago', '2026-11-26', '2026-11-26T11:00:00.000Z'],
  // Clocks go forward on 8 March at 2:00, and back on 1 November.
  ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z'],
  ['America/New_York', '2026-03-09', '2026-03-09T04:00:00.000Z'],
  ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z'],
  ['America/New_York', '2026-11-02', '2026-11-02T05:00:00.000Z'],
  // Clocks go forward at midnight: there is no 0:00.
  ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z'],
  // Clocks go back from 1:00 to 0:00: the day has two midnights. And from 0:00 to 23:00: the day before has two 23:30.
  ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z'],
  ['Africa/Cairo', '2026-10-30', '2026-10-29T22:00:00.000Z'],
])('R17: in %s, %s begins at %s', (zone, date, begin) => {
  const days = new CalendarDays(zone);
  expect(iso(days.beginOf(DAY(date)))).toBe(begin);
  expect(days.dayOf(new Date(begin))).toBe(DAY(date));
  expect(days.dayOf(new Date(Date.parse(begin) - 1))).toBe(DAY(date) - 1);
});

it('R17: an hour begins with the full hour of the zone', () => {
  const beginOfHour = (zone: string) => iso(new CalendarDays(zone).beginOfHour(new Date('2026-11-26T12:40:00.000Z')));
  expect(['UTC', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/St_Johns'].map(beginOfHour)).toEqual([
    '2026-11-26T12:00:00.000Z',
    '2026-11-26T12:30:00.000Z',
    '2026-11-26T12:15:00.000Z',
    '2026-11-26T12:30:00.000Z',
  ]);
});
