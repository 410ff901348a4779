import { expect, it } from 'vitest';
import { satisfies } from './node-version.mjs';

it.each([
  ['20.19.0', true],
  ['20.18.3', false],
  ['21.7.0', false],
  ['22.12.9', false],
  ['22.13.0', true],
  ['23.5.0', false],
  ['24.0.0', true],
  ['31.1.0', true],
])('Node %s is supported: %s', (version, supported) => {
  expect(satisfies(version, '^20.19.0 || ^22.13.0 || >=24.0.0')).toBe(supported);
});
