import type { Saved } from './format.js';

/** For the operator: "1234 rows in 40 tables as of 2026-11-27T02:00:00.000Z". */
export function countRows({ at, rows }: Saved): string {
  const counts = Object.values(rows);
  return `${counts.reduce((a, b) => a + b, 0)} rows in ${counts.length} tables as of ${at}`;
}
