import { expect, it } from 'vitest';
import { CodeFilter } from './code-filter';

it('takes a code once while it is in sight, and again when it comes back', () => {
  const filter = new CodeFilter();
  expect([0, 100, 2_000, 4_400].map((now) => filter.isNew('A', now))).toEqual([true, false, false, false]);
  expect(filter.isNew('B', 4_500)).toBe(true);
  expect(filter.isNew('A', 6_800)).toBe(false);
  expect(filter.isNew('A', 9_400)).toBe(true);
});
