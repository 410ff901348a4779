import { describe, expect, it } from 'vitest';
import { parseIfMatch } from './if-match.js';

describe('If-Match', () => {
  it.each([
    ['"3"', 3, true],
    ['W/"3"', 3, true],
    ['3', 3, true],
    ['*', 3, true],
    ['"2", "3"', 3, true],
    ['"33"', 3, false],
    ['nonsense', 3, false],
  ])('%s matches version %d: %j', (header, version, expected) => {
    expect(parseIfMatch(header)(version)).toBe(expected);
  });
});
