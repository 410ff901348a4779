import { CATALOGS, type Catalog } from '@mini-compete/messages/catalog';
import { LANGUAGES, type Language, LOCALES } from '@mini-compete/shared/languages';
import { createTranslator } from 'use-intl/core';
import { describe, expect, it } from 'vitest';
import { createFormats } from './formats';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function formatsIn(language: Language, zone = 'Europe/Berlin') {
  const messages = CATALOGS[language] as Catalog;
  return createFormats(
    language,
    zone,
    createTranslator<Catalog, 'common'>({ locale: LOCALES[language], timeZone: 'UTC', messages, namespace: 'common' }),
  );
}

describe('dates', () => {
  const summer = '2026-07-01T12:00:00Z';

  it('are in the reader’s zone, which is named', () => {
    expect(formatsIn('en').instant(summer, 'full')).toMatch(/1\u00a0Jul\u00a02026.*14:00.*(CEST|GMT\+2)/);
    expect(formatsIn('en', 'Asia/Kolkata').instant(summer, 'full')).toMatch(/17:30.*(IST|GMT\+5:30)/);
    expect(formatsIn('de').instant(summer, 'full')).toMatch(/Mi.*1\.\u00a0Juli?\u00a02026.*14:00.*MESZ/);
  });

  it('have Latin digits in Arabic', () => {
    expect(formatsIn('ar').instant(summer, 'short')).toMatch(/2026.*14:00/);
  });

  it('of an end repeat the day only if it is another one in the reader’s zone', () => {
    const end = '2026-07-01T20:00:00Z';
    expect(formatsIn('en').end(summer, end)).toMatch(/^22:00\u00a0(CEST|GMT\+2)$/);
    expect(formatsIn('en', 'Asia/Kolkata').end(summer, end)).toMatch(/2\u00a0Jul\u00a02026.*01:30/);
  });

  it.each(LANGUAGES)('break between the date and the time alone, in %s', (language) => {
    for (const style of ['full', 'long', 'short'] as const) {
      const lines = formatsIn(language).instant(summer, style).split(' ');
      expect(lines.at(-1)).toMatch(/^14:00/);
      expect(lines.filter((line) => /\d/.test(line))).toHaveLength(2);
    }
    for (const style of ['date', 'time', 'day', 'dayMonth', 'clock'] as const)
      expect(formatsIn(language).instant(summer, style)).not.toContain(' ');
    expect(formatsIn(language).calendarDay('2026-12-24')).not.toContain(' ');
  });

  it('are empty when they are invalid', () => {
    expect(formatsIn('en').instant('not a date', 'full')).toBe('');
  });
});

describe('a list of names', () => {
  it('keeps names of the other direction apart', () => {
    expect(formatsIn('en').list(['Ada', 'Grace'])).toBe('Ada and Grace');
    expect(formatsIn('en').list(['Ada', 'عمر'])).toBe('Ada and \u2068عمر\u2069');
    expect(formatsIn('ar').list(['Ada', 'Grace'])).toBe('\u2068Ada\u2069 و\u2068Grace\u2069');
    expect(formatsIn('ar').listStart(['Ada', 'عمر'])).toBe('\u2068Ada\u2069، \u2068عمر\u2069');
  });
});

describe('durations', () => {
  it.each([
    [90 * DAY, '90 days'],
    [3 * DAY + 4 * HOUR, '3 days 4 h'],
    [DAY, '1 day'],
    [2 * HOUR + 5 * MINUTE, '2 h 05 min'],
    [2 * HOUR, '2 h'],
    [5 * MINUTE, '5 min 00 s'],
    [4 * MINUTE + 9 * SECOND, '4 min 09 s'],
    [12 * SECOND, '12 s'],
    [1, '1 s'],
    [-5 * SECOND, '0 s'],
  ])('of %d ms have at most two units', (milliseconds, text) => {
    expect(formatsIn('en').duration(milliseconds)).toBe(text);
  });

  it.each([
    ['de', '1 Tag', '2 Std.'],
    ['ar', 'يوم واحد', '2 س'],
  ] as const)('without a rest have one unit in %s', (language, day, hours) => {
    expect(formatsIn(language).duration(DAY)).toBe(day);
    expect(formatsIn(language).duration(2 * HOUR)).toBe(hours);
  });

  it.each([
    [1, 'يوم واحد'],
    [2, 'يومان'],
    [3, '3 أيام'],
    [11, '11 يومًا'],
  ])('of %d days have the right plural in Arabic', (days, text) => {
    expect(formatsIn('ar').duration(days * DAY)).toContain(text);
  });
});

describe('distances', () => {
  const now = Date.parse('2026-07-01T12:00:00Z');

  it('are rough and relative', () => {
    expect(formatsIn('en').distance('2026-07-01T12:40:00Z', now)).toBe('in 40 minutes');
    expect(formatsIn('en').distance('2026-06-28T12:00:00Z', now)).toBe('3 days ago');
    expect(formatsIn('en').distance('2026-07-01T12:00:20Z', now)).toBe('now');
    expect(formatsIn('de').distance('2026-07-04T12:00:00Z', now)).toBe('in 3 Tagen');
  });
});

it.each(LANGUAGES)('numbers are grouped as in %s', (language) => {
  expect(formatsIn(language).number(12_000)).toBe({ en: '12,000', de: '12.000', ar: '12,000' }[language]);
});
