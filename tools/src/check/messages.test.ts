import { describe, expect, it } from 'vitest';
import { checkMessages, type Texts } from './messages.js';
import { unusedKeys } from './messages.used.js';

const LOCALES = { en: 'en-GB', de: 'de-DE', ar: 'ar-u-nu-latn' };
const check = (en: string, translations: { de?: string; ar?: string } = {}, key = 'page.text') => {
  const catalog = (text: string): Texts => {
    const [namespace = '', ...names] = key.split('.');
    const value = names.reduceRight<string | Texts>((inner, name) => ({ [name]: inner }), text);
    return { [namespace]: value };
  };
  const texts = Object.entries({ en, ...translations }).map(([language, text]) => [language, catalog(text)]);
  return checkMessages({ texts: Object.fromEntries(texts), locales: LOCALES });
};

const SEATS = '{count, plural, one {# seat} other {# seats}}';

describe('the check of messages', () => {
  it('accepts languages that say the same with their own plural forms and word order', () => {
    const de = 'In <b>{place}</b>: {count, plural, =0 {keine Plätze} one {# Platz} other {# Plätze}}';
    const ar = '{count, plural, zero {-} one {-} two {-} few {#} many {#} other {#}} <b>{place}</b>';
    expect(check(`${SEATS} in <b>{place}</b>`, { de, ar })).toEqual([]);
  });

  it.each([
    ['Hello {name}', 'Hallo', 'lacks {name}'],
    ['Hello', 'Hallo {name}', 'has {name}, which English does not have'],
    ['Hello {name}', 'Hallo {nmae}', 'lacks {name}'],
    ['Read <a>this</a>', 'Lies das', 'lacks <a>'],
    ['Read <a>this</a>', 'Lies <b>das</b>', 'has <b>, which English does not have'],
    ['{what, select, date {x} other {y}}', '{what, select, other {y}}', 'lacks {what: date}'],
    ['{what, select, date {{when}} other {y}}', '{what, select, date {x} other {y}}', 'lacks {when}'],
    [SEATS, '{count, plural, other {# Plätze}}', 'the plural of {count} has no form one'],
    [SEATS, '{count, plural, one {#} few {#} other {#}}', 'the plural of {count} has a form that is never used: few'],
    [SEATS, '{count, plural, one {# Platz}', 'not a message: {count, plural, one {# Platz}'],
    ['A rather long text', 'A rather long text', 'the same as in en; if that is right, list it in messages.list.ts'],
  ])('reports for "%s" the translation "%s"', (en, de, problem) => {
    expect(check(en, { de })).toContain(`de page.text: ${problem}`);
  });

  it('accepts the same text where nothing is to translate', () => {
    expect(check('{date}, {time} ({zone})', { de: '{date}, {time} ({zone})' })).toEqual([]);
    expect(check('Status', { de: 'Status' })).toEqual([]);
  });

  it('reports a plural that lacks forms of the language it is in', () => {
    const ar = '{count, plural, one {x} other {#}}';
    expect(check(SEATS, { ar })).toEqual(['ar page.text: the plural of {count} has no form few, many, two, zero']);
    expect(check('{count, plural, other {# seats}}')).toEqual(['en page.text: the plural of {count} has no form one']);
    expect(check('{n, selectordinal, one {#st} other {#th}}')).toEqual([
      'en page.text: the plural of {n} has no form few, two',
    ]);
  });

  it('reports an argument or a quote in a text that is sent without formatting', () => {
    const problem = 'en problems.title.FULL: has to be plain text, without arguments and quotes';
    for (const text of ['{count} seats', "It''s full.", "'{'"])
      expect(check(text, {}, 'problems.title.FULL')).toEqual([problem]);
    expect(check('It’s full.', {}, 'problems.title.FULL')).toEqual([]);
  });

  it('reports a key that no source names', () => {
    const keys = [
      'page.text',
      'page.list.empty',
      'problems.detail.noDate',
      'validation.rule.tag',
      'problems.title.FULL',
    ];
    const sources = ["t('text'); t(`list.empty`)", "detail: { key: 'noDate' }", "refine(isTag, rule('tag'))"];
    expect(unusedKeys(keys, sources)).toEqual([]);
    expect(unusedKeys(keys, ["t('texts'); t('empty'); text"])).toEqual([
      'page.text',
      'page.list.empty',
      'problems.detail.noDate',
      'validation.rule.tag',
    ]);
  });
});
