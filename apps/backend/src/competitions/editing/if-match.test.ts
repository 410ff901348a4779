import { describe, expect, it } from 'vitest';
import { prefersCsv } from '../../registrations/registrants/registrants.csv.js';
import { parseIfMatch } from './if-match.js';

describe('what a client accepts', () => {
  it.each([
    ['text/csv', true],
    ['text/csv, */*;q=0.1', true],
    ['TEXT/CSV;q=0.9, application/json;q=0.5', true],
    ['text/csv;q=0', false],
    ['text/csv;q=0.5, application/json', false],
    ['text/*', false],
    ['*/*', false],
    ['text/html,application/xhtml+xml,*/*;q=0.8', false],
    ['', false],
    [undefined, false],
  ])('%j: CSV %j', (accept, expected) => {
    expect(prefersCsv(accept)).toBe(expected);
  });
});

describe('the version that a client means', () => {
  it.each([
    ['"3"', 3, true],
    ['W/"3"', 3, true],
    ['3', 3, true],
    ['*', 3, true],
    ['"2", "3"', 3, true],
    ['"33"', 3, false],
    ['nonsense', 3, false],
  ])('%s and %d: %j', (header, version, expected) => {
    expect(parseIfMatch(header)(version)).toBe(expected);
  });
});
