import { expect, it } from 'vitest';
import { allItems } from './all-items';

it('U6 a list of several pages is loaded to its end', async () => {
  const people = Array.from({ length: 2_500 }, (_, index) => index);
  const loadPage = async (cursor: string) => {
    const end = Number(cursor) + 1_000;
    return { items: people.slice(Number(cursor), end), nextCursor: end < people.length ? String(end) : null };
  };
  expect(await allItems(loadPage)).toEqual(people);
});
