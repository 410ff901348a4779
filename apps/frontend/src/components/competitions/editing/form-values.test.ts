import { CreateCompetition } from '@mini-compete/shared/competitions';
import { expect, it } from 'vitest';
import { inWords } from '@/lib/forms/messages';
import { differing, newCompetition, splitTags, toBody, toLocal } from './form-values';

const filled = {
  ...newCompetition(new Date('2026-12-01T12:00:00Z')),
  title: 'Pub quiz',
  capacity: '1 200',
  tags: 'Quiz, pub  quiz',
};

it('makes of the fields what the API takes', () => {
  const body = CreateCompetition.parse(toBody(filled));
  expect(body).toMatchObject({
    title: 'Pub quiz',
    capacity: 1200,
    tags: ['quiz', 'pub'],
    startDate: null,
    waitlist: true,
  });
});

it.each(['0', '-1', '1.5e3', 'many', '', '2000000'])('refuses %j seats beside the field', (capacity) => {
  const result = CreateCompetition.safeParse(toBody({ ...filled, capacity }), { error: inWords });
  expect(result.error?.issues.map(({ path }) => path[0])).toEqual(['capacity']);
  expect(result.error?.issues[0]?.message).toMatch(/^(At (least|most) [\d,]+|This is not a valid value)\.$/);
});

it('asks for a closing time in words', () => {
  const result = CreateCompetition.safeParse(toBody({ ...filled, regDeadline: '' }), { error: inWords });
  expect(result.error?.issues[0]).toMatchObject({ path: ['regDeadline'], message: 'Choose a day and a time.' });
});

it('shows an instant in local time and reads the same instant from it', () => {
  const iso = '2026-07-01T16:30:00.000Z';
  expect(toBody({ ...filled, startDate: toLocal(iso) }).startDate).toBe(iso);
});

it('sees no change in tags that are written otherwise', () => {
  expect(differing({ ...filled, tags: 'a, b' }, { ...filled, tags: 'a,b' })).toEqual([]);
  expect(differing({ ...filled, title: 'Other' }, filled)).toEqual(['title']);
  expect(splitTags(' A; b,, a ')).toEqual(['a', 'b']);
});
