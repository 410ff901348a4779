import { expect, it } from 'vitest';
import { roundStep, spread, valueTicks } from './timeline-scale';

it.each([
  [1, 1],
  [4, 1],
  [5, 2],
  [30, 10],
  [81, 50],
  [4_100, 2_000],
])('U5 the axis up to %d has steps of %d', (max, step) => {
  expect(roundStep(max, 4)).toBe(step);
});

it('U5 the axis covers the bars on both sides of zero', () => {
  expect(valueTicks(7, 3)).toEqual([8, 6, 4, 2, 0, -2, -4]);
  expect(valueTicks(1, 0)).toEqual([1, 0]);
  expect(valueTicks(0, 0)).toEqual([1, 0]);
});

it('U5 times are at equal distances, however many there are', () => {
  expect(spread(1, 5)).toEqual([0]);
  expect(spread(10, 5)).toEqual([0, 2, 4, 6, 8]);
  expect(spread(366, 5)).toEqual([0, 74, 148, 222, 296]);
});
