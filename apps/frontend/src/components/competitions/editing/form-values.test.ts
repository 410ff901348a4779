import { CreateCompetition } from '@mini-compete/shared/competitions';
import { expect, it } from 'vitest';
import { describeIssue } from '@/lib/forms/messages';
import { changedFields, newCompetition, splitTags, toBody, toLocal } from './form-values';

const filled = {
  ...newCompetition(new Date('2026-12-01T12:00:00Z')),
  title: 'Pub quiz',
  capacity: '1 200',
  tags: 'Quiz, pub  quiz',
};

it('converts the fields to the body of the request', () => {
  const body = CreateCompetition.parse(toBody(filled));
  expect(body).toMatchObject({
    title: 'Pub quiz',
    capacity: 1200,
    tags: ['quiz', 'pub'],
    startDate: null,
    waitlist: true,
  });
});

it.each(['0', '-1', '1.5e3', 'many', '', '2000000'])('rejects %j seats beside the field', (capacity) => {
  const result = CreateCompetition.safeParse(toBody({ ...filled, capacity }), { error: describeIssue });
  expect(result.error?.issues.map(({ path }) => path[0])).toEqual(['capacity']);
  expect(result.error?.issues[0]?.message).toMatch(/^(At (least|most) [\d,]+|This is not a valid value)\.$/);
});

it('requires a closing time, with a readable message', () => {
  const result = CreateCompetition.safeParse(toBody({ ...filled, regDeadline: '' }), { error: describeIssue });
  expect(result.error?.issues[0]).toMatchObject({ path: ['regDeadline'], message: 'Choose a day and a time.' });
});

it('converts an instant to local time and back', () => {
  const iso = '2026-07-01T16:30:00.000Z';
  expect(toBody({ ...filled, startDate: toLocal(iso) }).startDate).toBe(iso);
});

it('ignores differences in the format of tags', () => {
  expect(changedFields({ ...filled, tags: 'a, b' }, { ...filled, tags: 'a,b' })).toEqual([]);
  expect(changedFields({ ...filled, title: 'Other' }, filled)).toEqual(['title']);
  expect(splitTags(' A; b,, a ')).toEqual(['a', 'b']);
});
