import { describe, expect, it } from 'vitest';
import { type CalendarCompetition, calendarEntry } from './calendar.js';

const competition: CalendarCompetition = {
  id: '01890000-0000-7000-8000-000000000000',
  title: 'Open',
  location: null,
  startDate: new Date('2026-05-01T10:00:00Z'),
  endDate: null,
  cancelled: false,
  version: 3,
  updatedAt: new Date('2026-01-01T00:00:00Z'),
  url: 'https://compete.example.org/competitions/x',
};

describe('a calendar entry', () => {
  it('contains the date, the title and the version', () => {
    const entry = calendarEntry({ ...competition, endDate: new Date('2026-05-01T12:00:00Z') });
    for (const line of ['DTSTART:20260501T100000Z', 'DTEND:20260501T120000Z', 'SUMMARY:Open', 'SEQUENCE:3'])
      expect(entry.split('\r\n')).toContain(line);
  });

  it('escapes line breaks in a title', () => {
    const entry = calendarEntry({ ...competition, title: 'A\r\nATTENDEE:mailto:x@example.org' });
    expect(entry).toContain('SUMMARY:A\\nATTENDEE:mailto:x@example.org');
  });

  it('folds lines after 75 bytes and never splits a character', () => {
    const title = 'Ålandsloppet 🏃 '.repeat(20);
    const entry = calendarEntry({ ...competition, title });
    for (const line of entry.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(entry.replaceAll('\r\n ', '')).toContain(title);
  });

  it('marks a canceled competition', () => {
    expect(calendarEntry({ ...competition, cancelled: true })).toContain('METHOD:CANCEL');
  });
});
