import { appendFileSync } from 'node:fs';
import type { Violation } from '../../apps/backend/src/operations/invariants/invariants.js';
import type { RecordLine } from '../../tools/src/drill/record.js';
import { RECORD_FILE } from './parameters.js';

type Rule = Pick<Violation, 'id' | 'rule'>;

/** For the report of `npm run drill`. In `npm test` nobody reads it, and nothing is written. */
function write(line: RecordLine): void {
  if (RECORD_FILE !== undefined) appendFileSync(RECORD_FILE, `${JSON.stringify(line)}\n`);
}

export const recordEvent = (what: string): void => write({ type: 'event', what });

export const recordFigure = (name: string, value: number, unit: string): void =>
  write({ type: 'figure', name, value, unit });

/** Records that all of `rules` were checked. Returns the violations. */
export function recordChecks(rules: readonly Rule[], violations: readonly Violation[]): Violation[] {
  for (const { id, rule } of rules) {
    const broken = violations.find((violation) => violation.rule === rule);
    write({ type: 'check', id, rule, violations: broken?.rows.length ?? 0 });
  }
  return [...violations];
}
