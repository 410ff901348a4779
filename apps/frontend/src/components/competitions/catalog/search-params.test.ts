import { expect, it } from 'vitest';
import { addressOf, readAddress } from './search-params';

it('reads from the address what it has written there', () => {
  const address = {
    search: 'rapid chess',
    tags: ['indoor', 'chess'],
    status: 'open',
    sort: 'popular',
    show: 60,
    after: '',
  } as const;
  const url = new URL(addressOf({ ...address, tags: [...address.tags] }, { show: 60 }), 'http://here');
  expect(readAddress(Object.fromEntries(url.searchParams))).toEqual(address);
});

it('keeps the address short where nothing is asked for', () => {
  expect(addressOf(readAddress({}))).toBe('/competitions');
});

it('takes what it cannot understand as not said', () => {
  expect(readAddress({ status: 'weird', sort: ['newest', 'x'], show: '-3', tags: ',,A,a' })).toEqual({
    search: '',
    tags: ['a'],
    status: 'all',
    sort: 'newest',
    show: 20,
    after: '',
  });
});

it('starts another question at its first page', () => {
  const later = readAddress({ search: 'chess', show: '80', after: 'cursor' });
  expect(addressOf(later, { status: 'open' })).toBe('/competitions?search=chess&status=open');
});
