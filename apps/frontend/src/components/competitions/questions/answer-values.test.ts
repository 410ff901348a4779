import type { Question } from '@mini-compete/shared/questions';
import { expect, it } from 'vitest';
import { fromAnswers, parseNumber, toAnswers } from './answer-values';

const ask = (id: string, kind: Question['kind']): Question => ({ id, kind, label: id, required: false });

it.each([
  ['1.5', 1.5],
  ['1,5', 1.5],
  ['١٫٥', 1.5],
  [' -7 ', -7],
  ['−7', -7],
  ['1.234,5', '1.234,5'],
  ['1e3', '1e3'],
  ['ten', 'ten'],
])('reads the number %s as %s', (text, expected) => {
  expect(parseNumber(text)).toBe(expected);
});

it('sends what was answered, and shows it again', () => {
  const questions = [
    ask('text', 'SHORT_TEXT'),
    ask('size', 'CHOICES'),
    ask('first', 'YES_NO'),
    ask('age', 'NUMBER'),
    ask('rules', 'CONSENT'),
    ask('constructor', 'SHORT_TEXT'),
  ];
  const values = { text: 'Ada', size: ['S'], first: 'false', age: '7', rules: true };
  const answers = { text: 'Ada', size: ['S'], first: false, age: 7, rules: true };
  expect(toAnswers(questions, values)).toEqual(answers);
  expect(toAnswers(questions, { text: '', size: [], rules: false })).toEqual({});
  expect(toAnswers(questions, fromAnswers(answers))).toEqual(answers);
});
