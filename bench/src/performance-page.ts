import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { ROOT } from '../../tools/src/testing/paths.js';
import { type Figure, format, isReached, median } from './report.js';

const PAGE = `${ROOT}docs/performance.md`;
const BEGIN = '<!-- figures: written by npm run bench -- --write -->';
const END = '<!-- /figures -->';

/** What a reader needs to compare the figures with those of another run. */
export interface Conditions {
  readonly date: string;
  readonly commit: string;
  readonly machine: string;
  readonly postgres: string;
  readonly node: string;
}

/**
 * To be called before the run, which takes many minutes: the checkout may be on another commit at its end. Throws if the
 * page has no place for the figures.
 */
export function openPage(): { write(figures: readonly Figure[], postgres: string): void } {
  splitAtMarkers(readFileSync(PAGE, 'utf8'));
  const commit = readCommit();
  return {
    write(figures, postgres) {
      const conditions: Conditions = {
        date: new Date().toISOString().slice(0, 10),
        commit,
        machine: `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB`,
        postgres,
        node: process.versions.node,
      };
      writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), figures, conditions));
    },
  };
}

/** The page with these figures between its markers. The text around them is not changed. */
export function withFigures(page: string, figures: readonly Figure[], conditions: Conditions): string {
  const [before, after] = splitAtMarkers(page);
  const { date, commit, machine, postgres, node } = conditions;
  const text = [
    `Measured on ${date} at commit ${commit}: ${machine}, PostgreSQL ${postgres}, Node ${node}.`,
    '',
    '| figure | goal | median | rounds | | computed from |',
    '| --- | --- | --- | --- | --- | --- |',
    ...figures.map(row),
  ];
  return `${before}${BEGIN}\n${text.join('\n')}\n${END}${after}`;
}

function splitAtMarkers(page: string): [before: string, after: string] {
  const [before = '', rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`The page has no marker comments for the figures: ${BEGIN} and ${END}`);
  return [before, after];
}

function row(figure: Figure): string {
  const { rounds, unit, goal } = figure;
  const limit = 'atLeast' in goal ? `at least ${goal.atLeast}${unit}` : `at most ${goal.atMost}${unit}`;
  const spread = rounds.length > 1 ? `${format(Math.min(...rounds))} to ${format(Math.max(...rounds))}` : 'one';
  const result = isReached(figure) ? 'reached' : '**missed**';
  const cells = [figure.figure, limit, `${format(median(rounds))}${unit}`, spread, result, figure.from];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function readCommit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  const commit = git('rev-parse', '--short', 'HEAD');
  return git('status', '--porcelain') === '' ? commit : `${commit} with uncommitted changes`;
}
