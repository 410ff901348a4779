import { existsSync, readFileSync } from 'node:fs';

/** What a drill writes down while it runs, one line of JSON each. */
export type RecordLine =
  | { readonly type: 'event'; readonly what: string }
  | { readonly type: 'figure'; readonly name: string; readonly value: number; readonly unit: string }
  | { readonly type: 'check'; readonly id: string; readonly rule: string; readonly violations: number };

export const parseRecord = (text: string): RecordLine[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** Empty when the drill ended before it wrote anything. */
export const readRecord = (file: string): RecordLine[] =>
  existsSync(file) ? parseRecord(readFileSync(file, 'utf8')) : [];

export interface CheckedInvariant {
  readonly id: string;
  readonly rule: string;
  readonly checks: number;
  readonly violations: number;
}

export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly count: number;
  readonly median: number;
  readonly max: number;
}

export function invariantsOf(record: readonly RecordLine[]): CheckedInvariant[] {
  const byRule = new Map<string, CheckedInvariant>();
  for (const line of record)
    if (line.type === 'check') {
      const before = byRule.get(line.rule) ?? { ...line, checks: 0, violations: 0 };
      const { id, rule } = line;
      byRule.set(rule, { id, rule, checks: before.checks + 1, violations: before.violations + line.violations });
    }
  return [...byRule.values()].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
}

export function figuresOf(record: readonly RecordLine[]): Figure[] {
  const byName = new Map<string, { unit: string; values: number[] }>();
  for (const line of record)
    if (line.type === 'figure') {
      const figure = byName.get(line.name) ?? { unit: line.unit, values: [] };
      figure.values.push(line.value);
      byName.set(line.name, figure);
    }
  return [...byName].map(([name, { unit, values }]) => {
    const sorted = values.sort((a, b) => a - b);
    const median = sorted[Math.floor((sorted.length - 1) / 2)] as number;
    return { name, unit, count: sorted.length, median, max: sorted.at(-1) as number };
  });
}

export function eventsOf(record: readonly RecordLine[]): [what: string, times: number][] {
  const times = new Map<string, number>();
  for (const line of record) if (line.type === 'event') times.set(line.what, (times.get(line.what) ?? 0) + 1);
  return [...times];
}
