import { describe, expect, it } from 'vitest';
import { PersonName } from './auth.js';
import { multiLineText, searchText, singleLineText } from './common.js';
import { CreateCompetition } from './competitions.js';

const messagesFor = (schema: typeof PersonName, text: string) =>
  schema.safeParse(text).error?.issues.map(({ message }) => message);

describe('a name or title', () => {
  it.each([
    ['zero-width spaces', '\u200b\u200b\u200b'],
    ['bidi overrides and isolates', '\u202e\u2066\u2069\u202c'],
    ['joiners', '\u200d\u200c\u200d'],
    ['direction marks', '\u200e\u200f\u061c'],
    ['variation selectors', '\ufe0f\u{e0100}\u180b'],
    ['soft hyphens, a word joiner and a byte order mark', '\u00ad\u2060\ufeff'],
    ['blank letters of Hangul and Braille', '\u3164\u115f\u2800'],
    ['such characters between spaces', ' \u200b \u00a0\u200d '],
  ])('S18: that consists of %s is refused like an empty one', (_, text) => {
    expect(messagesFor(PersonName, text)).toEqual(messagesFor(PersonName, ''));
    expect(messagesFor(PersonName, text)).toHaveLength(1);
    const title = singleLineText(140, 3);
    expect(messagesFor(title, text)).toEqual(messagesFor(title, ''));
  });

  it.each([
    ['\u202eecnaD gnirpS\u202c', 'ecnaD gnirpS'],
    ['Spring\u200b Open\ufeff', 'Spring Open'],
    ['\u2066Spring\u2069 \u00adOpen\u2060', 'Spring Open'],
    ['\u200b Spring Open \u200b', 'Spring Open'],
  ])('S18: loses hidden characters (%#)', (text, stored) => {
    expect(PersonName.parse(text)).toBe(stored);
    expect(searchText(100).parse(text)).toBe(stored);
    expect(multiLineText(100).parse(text).trim()).toBe(stored);
  });

  it.each([
    ['an emoji of several parts', '👩\u200d🚀 ❤\ufe0f'],
    ['the flag of Scotland', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['Persian', 'می\u200cخواهم'],
    ['Sinhala', 'ක්\u200dෂ'],
    ['Hebrew with direction marks', 'שלום\u200f (A)\u200e'],
  ])('S18: keeps the joiners and marks of %s', (_, text) => {
    expect(PersonName.parse(text)).toBe(text);
  });

  it('S18: is measured without its hidden characters', () => {
    const title = singleLineText(5, 3);
    expect(title.safeParse('ab\u200b').success).toBe(false);
    expect(title.parse(`abcde${'\u200b'.repeat(50)}`)).toBe('abcde');
  });
});

it('S18: a description keeps its lines, and loses hidden characters', () => {
  const { description } = CreateCompetition.parse({
    title: 'Spring Open',
    description: 'One\u202e\n\ttwo\u200b',
    capacity: 5,
    regDeadline: '2030-01-01T00:00:00Z',
  });
  expect(description).toBe('One\n\ttwo');
});
