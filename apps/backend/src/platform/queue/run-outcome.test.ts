import { expect, it } from 'vitest';
import { isFailure, outcomeText, storedFailure, storedOutcome } from './run-outcome.js';

it('the outcome of a run is read in each language', () => {
  const stored = storedOutcome({ text: 'reminders', values: { count: 1200 } });
  expect(outcomeText('en', stored)).toBe('Reminders queued: 1,200');
  expect(outcomeText('de', stored)).toBe('Erinnerungen eingereiht: 1.200');
  expect(outcomeText('ar', stored)).toMatch(/^تذكيرات.*: 1,200$/);
});

it('names in an outcome keep their direction', () => {
  const stored = storedOutcome({ text: 'deleted', values: { tables: 'outbox (5), sessions (2)' } });
  expect(outcomeText('en', stored)).toBe('Deleted rows: outbox (5), sessions (2)');
  expect(outcomeText('ar', stored)).toContain('\u2068outbox (5), sessions (2)\u2069');
});

it('a failure is named in each language, with its error as it was', () => {
  const stored = storedFailure('connection refused');
  expect([isFailure(stored), isFailure('{}')]).toEqual([true, false]);
  expect(outcomeText('en', stored)).toBe('Failed: connection refused');
  expect(outcomeText('de', stored)).toBe('Fehlgeschlagen: connection refused');
});

it('what a worker of another version has stored is shown as it is', () => {
  for (const stored of ['3 enqueued', '{"text":"something newer"}']) expect(outcomeText('de', stored)).toBe(stored);
});
