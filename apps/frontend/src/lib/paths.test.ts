import { expect, it } from 'vitest';
import { safeNext } from './paths';

it('leads back to a page of this site', () => {
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
])('never leads to %j', (next) => {
  expect(safeNext(next)).toBe('/');
});
