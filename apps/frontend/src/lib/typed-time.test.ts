import { describe, expect, it } from 'vitest';
import { parseDate, parseTime, typedDate } from './typed-time';

describe('a typed date', () => {
  it.each([
    ['2026-12-01', 'en', '2026-12-01'],
    [' 1.12.2026 ', 'en', '2026-12-01'],
    ['01. 12. 26', 'de', '2026-12-01'],
    ['1 Dec 2026', 'en', '2026-12-01'],
    ['December 1, 2026', 'en', '2026-12-01'],
    ['1. Dezember 2026', 'de', '2026-12-01'],
    ['1 ديسمبر 2026', 'ar', '2026-12-01'],
    ['٢٠٢٦-١٢-٠١', 'ar', '2026-12-01'],
    ['1/12/2026', 'de', '2026-12-01'],
    ['1/12/2026', 'ar', '2026-12-01'],
    ['12/31/2026', 'en', '2026-12-31'],
    ['31/12/2026', 'en', '2026-12-31'],
  ] as const)('%j in %s is %s', (typed, language, expected) => {
    expect(parseDate(typed, language)).toBe(expected);
  });

  it('U13 is not guessed: in English, 1/12 may be January or December', () => {
    expect(parseDate('1/12/2026', 'en')).toBeNull();
  });

  it.each(['', 'soon', '31.11.2026', '2026-13-01', '1.12.', '29.2.2027', '1 Foo 2026'])('%j is none', (typed) => {
    expect(parseDate(typed, 'en')).toBeNull();
  });

  it.each(['en', 'de', 'ar'] as const)('is shown in %s in a form that can be typed again', (language) => {
    expect(parseDate(typedDate('2026-02-03', language), language)).toBe('2026-02-03');
  });
});

describe('a typed time', () => {
  it.each([
    ['14:00', '14:00'],
    ['14.30', '14:30'],
    ['1400', '14:00'],
    ['9', '09:00'],
    ['2pm', '14:00'],
    ['2:30 p.m.', '14:30'],
    ['12 am', '00:00'],
    ['12pm', '12:00'],
    ['14 Uhr', '14:00'],
    ['٢ م', '14:00'],
    ['0:05', '00:05'],
  ])('%j is %s', (typed, expected) => {
    expect(parseTime(typed)).toBe(expected);
  });

  it.each(['', '24:00', '14:60', '13pm', '0 am', 'noon', '14:0'])('%j is none', (typed) => {
    expect(parseTime(typed)).toBeNull();
  });
});
