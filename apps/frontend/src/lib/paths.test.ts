import { expect, it } from 'vitest';
import { safeNext } from './paths';

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
