import { expect, it } from 'vitest';
import { listPath, parseListQuery } from './list-query';

it('parses the path that it has built', () => {
  const listQuery = {
    search: 'rapid chess',
    tags: ['indoor', 'chess'],
    status: 'open',
    sort: 'popular',
    show: 60,
    after: '',
  } as const;
  const url = new URL(listPath({ ...listQuery, tags: [...listQuery.tags] }, { show: 60 }), 'http://base');
  expect(parseListQuery(Object.fromEntries(url.searchParams))).toEqual(listQuery);
});

it('omits default values', () => {
  expect(listPath(parseListQuery({}))).toBe('/competitions');
});

it('uses the defaults for invalid parameters', () => {
  expect(parseListQuery({ status: 'weird', sort: ['newest', 'x'], show: '-3', tags: ',,A,a' })).toEqual({
    search: '',
    tags: ['a'],
    status: 'all',
    sort: 'newest',
    show: 20,
    after: '',
  });
});

it('starts a changed search at the first page', () => {
  const secondPage = parseListQuery({ search: 'chess', show: '80', after: 'cursor' });
  expect(listPath(secondPage, { status: 'open' })).toBe('/competitions?search=chess&status=open');
});
