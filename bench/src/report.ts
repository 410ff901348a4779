import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { ROOT } from '../../tools/src/testing/paths.js';

export interface Figure {
  readonly figure: string;
  /** One value per round. The figure is their median. */
  readonly rounds: readonly number[];
  readonly unit: string;
  /** From section 9 of the spec, or section 11 of its part on operations. */
  readonly goal: { readonly atLeast: number } | { readonly atMost: number };
  /** What the number was computed from, in words. */
  readonly from: string;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

export const isReached = ({ rounds, goal }: Figure): boolean =>
  'atLeast' in goal ? median(rounds) >= goal.atLeast : median(rounds) <= goal.atMost;

export const format = (value: number): string =>
  value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(2);

export function print(figures: readonly Figure[]): void {
  const rows = figures.map((figure) => [
    isReached(figure) ? 'reached' : 'MISSED',
    figure.figure,
    `${format(median(figure.rounds))}${figure.unit}`,
    'atLeast' in figure.goal
      ? `at least ${figure.goal.atLeast}${figure.unit}`
      : `at most ${figure.goal.atMost}${figure.unit}`,
    figure.from,
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  console.log();
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] as number))
        .join('   ')
        .trimEnd(),
    );
}

/** Saves the results, for comparison with other runs on the same machine. Returns the path of the file. */
export function save(figures: readonly Figure[], measured: Readonly<Record<string, readonly number[]>>): string {
  const folder = `${ROOT}.data/bench`;
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const file = `${folder}/${at.replaceAll(':', '-')}.json`;
  const machine = { processor: cpus()[0]?.model, cores: cpus().length, memory: totalmem(), node: process.version };
  const medians = figures.map((figure) => ({ ...figure, reached: median(figure.rounds) }));
  writeFileSync(file, `${JSON.stringify({ at, machine, figures: medians, measured }, null, 2)}\n`);
  return file;
}
