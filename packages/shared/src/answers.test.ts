import { describe, expect, it } from 'vitest';
import { checkAnswers, type StoredQuestion } from './answers.js';
import { QuestionInput } from './questions.js';

const question = (fields: Partial<StoredQuestion>): StoredQuestion => ({
  id: 'q',
  kind: 'SHORT_TEXT',
  label: 'Question',
  required: false,
  ...fields,
});
const check = (fields: Partial<StoredQuestion>, value: unknown) => {
  const { answers, problems } = checkAnswers([question(fields)], { q: value });
  return problems[0]?.key ?? answers.q ?? null;
};
const SIZES = { options: ['S', 'M', 'L'] };

describe('an answer', () => {
  it.each<[string, Partial<StoredQuestion>, unknown, unknown]>([
    ['a text', {}, '  Ada ', 'Ada'],
    ['a text without hidden characters', {}, 'A\u200bda', 'Ada'],
    ['a text with half of a character', {}, 'A\ud800', 'A\ufffd'],
    ['a short text with a line break', {}, 'a\nb', 'rule.singleLine'],
    ['a long text with a line break', { kind: 'LONG_TEXT' }, 'a\nb', 'a\nb'],
    ['a text with NUL', { kind: 'LONG_TEXT' }, 'a\u0000b', 'rule.noControlCharacters'],
    ['a text that is too long', {}, 'a'.repeat(301), 'maxLength'],
    ['a text shorter than asked for', { min: 3 }, 'ab', 'minLength'],
    ['a number for a text', {}, 7, 'invalid'],
    ['an option', { kind: 'CHOICE', ...SIZES }, 'M', 'M'],
    ['something else than an option', { kind: 'CHOICE', ...SIZES }, 'XL', 'invalid'],
    ['several options, in their order and once', { kind: 'CHOICES', ...SIZES }, ['L', 'S', 'L'], ['S', 'L']],
    ['too many options', { kind: 'CHOICES', ...SIZES, max: 1 }, ['L', 'S'], 'maxChoices'],
    ['too few options', { kind: 'CHOICES', ...SIZES, min: 2 }, ['L'], 'minChoices'],
    ['an object among options', { kind: 'CHOICES', ...SIZES }, ['S', {}], 'invalid'],
    ['no', { kind: 'YES_NO' }, false, false],
    ['a text for yes', { kind: 'YES_NO' }, 'yes', 'invalid'],
    ['a number', { kind: 'NUMBER' }, 1.5, 1.5],
    ['no number', { kind: 'NUMBER' }, Number.NaN, 'invalid'],
    ['a number below the smallest', { kind: 'NUMBER', min: 18 }, 17, 'minNumber'],
    ['a number above the largest', { kind: 'NUMBER', max: 99 }, 100, 'maxNumber'],
    ['a day', { kind: 'DATE' }, '2028-02-29', '2028-02-29'],
    ['a day that does not exist', { kind: 'DATE' }, '2026-02-29', 'rule.calendarDate'],
    ['an instant for a day', { kind: 'DATE' }, '2026-01-01T00:00:00Z', 'rule.calendarDate'],
    ['a day before the first', { kind: 'DATE', min: '2026-01-01' }, '2025-12-31', 'minDate'],
    ['a day after the last', { kind: 'DATE', max: '2026-01-01' }, '2026-01-02', 'maxDate'],
    ['an address', { kind: 'URL' }, 'https://example.org/a', 'https://example.org/a'],
    ['an address that runs a script', { kind: 'URL' }, 'javascript:alert(1)', 'rule.webAddress'],
    ['an address with data', { kind: 'URL' }, 'data:text/html,x', 'rule.webAddress'],
    ['an address with an account in it', { kind: 'URL' }, 'https://bank.example@evil.example/', 'rule.webAddress'],
    ['an address with a bidi control', { kind: 'URL' }, 'https://example.org/\u202egpj', 'rule.webAddress'],
    ['an address with a line break', { kind: 'URL' }, 'https://exam\nple.org', 'rule.webAddress'],
    ['a consent', { kind: 'CONSENT' }, true, true],
    ['a consent that is not given', { kind: 'CONSENT' }, false, null],
    ['a required consent that is not given', { kind: 'CONSENT', required: true }, false, 'rule.consentNeeded'],
    ['nothing', {}, undefined, null],
    ['nothing where something is required', { required: true }, undefined, 'required'],
    ['invisible characters where something is required', { required: true }, ' \u200b ', 'required'],
    ['no option where one is required', { kind: 'CHOICES', ...SIZES, required: true }, [], 'required'],
    ['no, where an answer is required', { kind: 'YES_NO', required: true }, false, false],
  ])('%s', (_, fields, value, expected) => {
    expect(check(fields, value)).toEqual(expected);
  });

  it('to a deleted question is left out, also a required one', () => {
    expect(checkAnswers([question({ required: true, deleted: true })], { q: 'old' })).toMatchObject({
      answers: {},
      problems: [],
    });
  });

  it('to an unknown question is refused, whatever objects inherit', () => {
    for (const id of ['unknown', 'constructor', '__proto__', 'hasOwnProperty']) {
      const given = JSON.parse(`{"${id}": "x"}`) as Record<string, unknown>;
      expect(checkAnswers([question({})], given).problems).toEqual([{ id, key: 'unknownField' }]);
    }
    expect(checkAnswers([question({ id: 'constructor', required: true })], {}).problems).toHaveLength(1);
  });

  it('to a consent comes with the text that the person agreed to', () => {
    const consent = question({ kind: 'CONSENT', label: 'I agree', help: 'To the rules.' });
    expect(checkAnswers([consent], { q: true }).consents).toEqual({ q: 'I agree\n\nTo the rules.' });
    expect(checkAnswers([consent], { q: false }).consents).toEqual({});
  });
});

describe('a question', () => {
  const rulesOf = (fields: object) =>
    QuestionInput.safeParse(question(fields)).error?.issues.map((issue) => [
      issue.path.join('.'),
      (issue as { params?: { rule?: string } }).params?.rule,
    ]) ?? [];

  it.each<[string, object, [string, string | undefined][]]>([
    ['a choice without options', { kind: 'CHOICE' }, [['options', 'optionsNeeded']]],
    ['a choice of one option', { kind: 'CHOICE', options: ['S'] }, [['options', 'optionsNeeded']]],
    ['the same option twice', { kind: 'CHOICES', options: ['S', 'S'] }, [['options', 'optionsUnique']]],
    ['options of a text', { options: ['S', 'M'] }, [['options', 'notForThisKind']]],
    ['bounds of a consent', { kind: 'CONSENT', min: 1 }, [['min', 'notForThisKind']]],
    ['a day as bound of a number', { kind: 'NUMBER', min: '2026-01-01' }, [['min', 'notForThisKind']]],
    ['bounds in the wrong order', { kind: 'NUMBER', min: 2, max: 1 }, [['max', 'boundsInOrder']]],
    ['more characters than possible', { max: 301 }, [['max', 'notForThisKind']]],
    ['more options to choose than there are', { kind: 'CHOICES', options: ['S'], max: 2 }, [['max', 'notForThisKind']]],
    ['days in order', { kind: 'DATE', min: '2026-01-01', max: '2026-01-01' }, []],
    ['an id that every object inherits', { id: '__proto__' }, [['id', undefined]]],
  ])('with %s', (_, fields, expected) => {
    expect(rulesOf(fields)).toEqual(expected);
  });
});
