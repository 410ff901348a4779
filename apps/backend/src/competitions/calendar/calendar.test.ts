import { describe, expect, it } from 'vitest';
import { type CalendarFacts, calendarEntry } from './calendar.js';

const facts: CalendarFacts = {
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
  it('says when, what and in which version', () => {
    const entry = calendarEntry({ ...facts, endDate: new Date('2026-05-01T12:00:00Z') });
    for (const line of ['DTSTART:20260501T100000Z', 'DTEND:20260501T120000Z', 'SUMMARY:Open', 'SEQUENCE:3'])
      expect(entry.split('\r\n')).toContain(line);
  });

  it('lets no title start a line of its own', () => {
    const entry = calendarEntry({ ...facts, title: 'A\r\nATTENDEE:mailto:x@example.org' });
    expect(entry).toContain('SUMMARY:A\\nATTENDEE:mailto:x@example.org');
  });

  it('folds long lines at 75 bytes and never inside a character', () => {
    const title = 'Ålandsloppet 🏃 '.repeat(20);
    const entry = calendarEntry({ ...facts, title });
    for (const line of entry.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(entry.replaceAll('\r\n ', '')).toContain(title);
  });

  it('says that a competition was cancelled', () => {
    expect(calendarEntry({ ...facts, cancelled: true })).toContain('METHOD:CANCEL');
  });
});
