import { expect, it } from 'vitest';
import { competitionIdOf, competitionPath, safeNext, teamPath } from './paths';

it('allows a path of this site', () => {
  expect(safeNext('/competitions?search=chess#top')).toBe('/competitions?search=chess#top');
});

it.each([
  null,
  '',
  'https://elsewhere.example',
  '//elsewhere.example',
  '/\\elsewhere.example',
  '/\n/elsewhere.example',
  '/\t/elsewhere.example',
  '/..//elsewhere.example',
  'javascript:alert(1)',
  '/sign-in?next=/x',
  '/api/auth/logout',
])('rejects %j', (next) => {
  expect(safeNext(next)).toBe('/');
});

it('knows the competition of its page and of a team’s page, on the way through sign-in', () => {
  const id = '0193f0a2-7c1e-7b3a-8f00-1234567890ab';
  expect([competitionPath(id), `${competitionPath(id)}?x=1`, teamPath(id)].map(competitionIdOf)).toEqual([id, id, id]);
  expect([`${competitionPath(id)}/edit`, `${teamPath(id)}s`, '/join-team'].map(competitionIdOf)).toEqual([
    null,
    null,
    null,
  ]);
});
