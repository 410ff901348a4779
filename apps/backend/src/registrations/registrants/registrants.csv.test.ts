import { describe, expect, it } from 'vitest';
import { prefersCsv } from './registrants.csv.js';

describe('the Accept header', () => {
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
  ])('%j prefers CSV: %j', (accept, expected) => {
    expect(prefersCsv(accept)).toBe(expected);
  });
});
