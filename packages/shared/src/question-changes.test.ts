import { describe, expect, it } from 'vitest';
import type { StoredQuestion } from './answers.js';
import { invalidatingChange, mayInvalidateAnswers, withDeleted } from './question-changes.js';
import type { Question } from './questions.js';

const text: Question = { id: 'q', kind: 'SHORT_TEXT', label: 'Name of your team', required: false };
const choice: Question = { id: 'q', kind: 'CHOICES', label: 'Size', required: false, options: ['S', 'M', 'L'] };
const consent: Question = { id: 'q', kind: 'CONSENT', label: 'I agree', help: 'To the rules', required: true };
const number: Question = { ...text, kind: 'NUMBER', min: 18 };
const day: Question = { ...text, kind: 'DATE', max: '2026-06-30' };

describe('answers may become invalid', () => {
  it.each<[string, StoredQuestion | undefined, Question, string | null]>([
    ['by a new required question', undefined, { ...text, required: true }, 'newRequired'],
    [
      'by a required question that was deleted',
      { ...text, required: true, deleted: true },
      { ...text, required: true },
      'newRequired',
    ],
    ['by a question that has to be answered now', text, { ...text, required: true }, 'nowRequired'],
    ['by another kind', text, { ...text, kind: 'LONG_TEXT' }, 'kind'],
    ['by an option that is gone', choice, { ...choice, options: ['S', 'M'] }, 'optionRemoved'],
    ['by an option with another text', choice, { ...choice, options: ['S', 'M', 'Large'] }, 'optionRemoved'],
    ['by fewer options to choose', choice, { ...choice, max: 2 }, 'bounds'],
    ['by a shorter text', text, { ...text, max: 100 }, 'bounds'],
    ['by a longer text', { ...text, min: 2 }, { ...text, min: 3 }, 'bounds'],
    ['by a larger number', number, { ...number, min: 21 }, 'bounds'],
    ['by a new bound', { ...text, kind: 'NUMBER' }, number, 'bounds'],
    ['by an earlier last day', day, { ...day, max: '2026-06-29' }, 'bounds'],
    ['by another text to agree to', consent, { ...consent, help: 'To the new rules' }, 'consentText'],
    ['by somebody else who answers', text, { ...text, answeredBy: 'MEMBER' }, 'answeredBy'],
    ['not by saying who answers anyway', text, { ...text, answeredBy: 'TEAM' }, null],
    ['not by a new question that may be left out', undefined, text, null],
    ['not by another label', text, { ...text, label: 'Team', help: 'If you have one' }, null],
    ['not by a question that may be left out now', consent, { ...consent, required: false }, null],
    ['not by another option', choice, { ...choice, options: ['XS', 'S', 'M', 'L'] }, null],
    ['not by options in another order', choice, { ...choice, options: ['L', 'M', 'S'] }, null],
    ['not by wider bounds', number, { ...number, min: 16 }, null],
    ['not without bounds', day, { ...text, kind: 'DATE' }, null],
    ['not by as many characters as are possible anyway', text, { ...text, min: 0, max: 300 }, null],
  ])('%s', (_, before, after, expected) => {
    expect(invalidatingChange(before, after)).toBe(expected);
  });

  it('not by deleting questions and not by another order', () => {
    expect(mayInvalidateAnswers([text, { ...consent, id: 'c' }], [{ ...consent, id: 'c' }])).toBe(false);
    expect(mayInvalidateAnswers([text, { ...consent, id: 'c' }], [{ ...consent, id: 'c' }, text])).toBe(false);
  });
});

it('a deleted question is kept behind the others, until it is asked again', () => {
  const other = { ...text, id: 'other' };
  const deleted = withDeleted([text, other], [other]);
  expect(deleted).toEqual([other, { ...text, deleted: true }]);
  expect(withDeleted(deleted, [])).toEqual([
    { ...other, deleted: true },
    { ...text, deleted: true },
  ]);
  expect(withDeleted(deleted, [text, other])).toEqual([text, other]);
});
