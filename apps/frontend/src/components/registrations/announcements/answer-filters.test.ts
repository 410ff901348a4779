import type { Question } from '@mini-compete/shared/questions';
import { describe, expect, it } from 'vitest';
import { answerChoices, toggleAnswer } from './answer-filters';

const question = (id: string, fields: Partial<Question>): Question => ({
  id,
  label: id,
  kind: 'SHORT_TEXT',
  required: false,
  ...fields,
});
const SIZE = question('size', { kind: 'CHOICE', options: ['S', 'M'] });
const offered = (value: string, isChosen = false) => ({ value, isChosen, isOffered: true });
const gone = (value: string) => ({ value, isChosen: true, isOffered: false });

describe('the answers to choose from', () => {
  it('are options, yes and no, and consents; not what people write', () => {
    const asked = [
      SIZE,
      question('name', {}),
      question('bus', { kind: 'YES_NO' }),
      question('ok', { kind: 'CONSENT' }),
    ];
    expect(answerChoices(asked, []).map(({ id, answers }) => [id, ...answers.map(({ value }) => value)])).toEqual([
      ['size', 'S', 'M'],
      ['bus', 'true', 'false'],
      ['ok', 'true'],
    ]);
  });

  it('include those of a stored draft that are no longer offered', () => {
    const filters = [
      { question: 'size', anyOf: ['XL', 'M'] },
      { question: 'food', anyOf: ['vegan'] },
    ];
    expect(answerChoices([SIZE], filters)).toEqual([
      { id: 'size', question: SIZE, answers: [offered('S'), offered('M', true), gone('XL')] },
      { id: 'food', question: null, answers: [gone('vegan')] },
    ]);
  });

  it('keep what is no longer offered when it is taken out', () => {
    const before = [{ question: 'food', anyOf: ['vegan'] }];
    expect(answerChoices([], toggleAnswer(before, 'food', 'vegan'), before)).toEqual([
      { id: 'food', question: null, answers: [{ value: 'vegan', isChosen: false, isOffered: false }] },
    ]);
  });
});

it('a question whose last answer is taken out filters nobody', () => {
  const one = toggleAnswer([], 'size', 'S');
  const two = toggleAnswer(one, 'size', 'M');
  expect(two).toEqual([{ question: 'size', anyOf: ['S', 'M'] }]);
  const other = toggleAnswer(two, 'bus', 'true');
  expect(toggleAnswer(toggleAnswer(other, 'size', 'S'), 'size', 'M')).toEqual([{ question: 'bus', anyOf: ['true'] }]);
});
