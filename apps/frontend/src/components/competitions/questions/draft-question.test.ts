import type { Question } from '@mini-compete/shared/questions';
import { expect, it } from 'vitest';
import { asksAgain, effectsOf, newQuestion, toDraft, toQuestion } from './draft-question';

const size: Question = { id: 'size', kind: 'CHOICES', label: 'Size', required: true, options: ['S', 'M'], max: 1 };
const age: Question = { id: 'age', kind: 'NUMBER', label: 'Age', help: 'In years', required: false, min: 18 };
const day: Question = { id: 'day', kind: 'DATE', label: 'Day', required: false, min: '2026-01-01' };

const club: Question = { id: 'club', kind: 'SHORT_TEXT', label: 'Club', required: true, answeredBy: 'MEMBER' };

it.each([size, age, day, club])('a question is the same after editing nothing', (question) => {
  expect(toQuestion(toDraft(question))).toEqual(question);
});

it('options are lines, and what a kind does not have is left out', () => {
  const draft = { ...newQuestion(), label: ' Size ', options: ' S \n\nM\n', min: '2' };
  expect(toQuestion({ ...draft, kind: 'CHOICE' })).toMatchObject({ label: 'Size', options: ['S', 'M'] });
  expect(toQuestion({ ...draft, kind: 'CHOICE' })).not.toHaveProperty('min');
  expect(toQuestion({ ...draft, kind: 'YES_NO' })).not.toHaveProperty('options');
});

it('says what saving does to the answers that were given', () => {
  const effects = effectsOf(
    [size, age, day],
    [
      { ...size, options: ['S'] },
      { ...day, label: 'Arrival' },
    ],
  );
  expect(effects.map(({ id, what }) => [id, what])).toEqual([
    ['size', 'optionRemoved'],
    ['day', 'reworded'],
    ['age', 'deleted'],
  ]);
  expect(asksAgain(effects)).toBe(true);
  expect(asksAgain(effectsOf([size, age], [age]))).toBe(false);
});
