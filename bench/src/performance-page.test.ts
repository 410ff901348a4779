import { describe, expect, it } from 'vitest';
import { type Conditions, withFigures } from './performance-page.js';
import type { Figure } from './report.js';

const CONDITIONS: Conditions = {
  date: '2026-11-30',
  commit: 'abc1234',
  machine: '2 cores (a processor), 24 GiB',
  postgres: '18.4',
  node: '20.20.2',
};

const FAST: Figure = {
  figure: 'registering',
  rounds: [7, 5.5, 6.25, 9, 6],
  unit: ' ×',
  goal: { atLeast: 5 },
  from: '6,250/s against 1,000/s',
};

const PAGE = `# Performance

<!-- figures: written by npm run bench -- --write -->
| an older table |
<!-- /figures -->

## What the figures mean
`;

const tableOf = (page: string) => page.split('\n').filter((line) => line.startsWith('|'));

describe('the figures in docs/performance.md', () => {
  it('are the median and the spread of the rounds, with the goal', () => {
    expect(tableOf(withFigures(PAGE, [FAST], CONDITIONS)).at(-1)).toBe(
      '| registering | at least 5 × | 6.25 × | 5.50 to 9 | reached | 6,250/s against 1,000/s |',
    );
  });

  it.each<[string, Figure['goal'], boolean]>([
    ['below a lower limit', { atLeast: 6.3 }, true],
    ['at a lower limit', { atLeast: 6.25 }, false],
    ['above an upper limit', { atMost: 6.2 }, true],
    ['at an upper limit', { atMost: 6.25 }, false],
  ])('say so when the median is %s: %o', (_, goal, missed) => {
    const table = tableOf(withFigures(PAGE, [{ ...FAST, goal }], CONDITIONS)).at(-1);
    expect(table?.includes('| **missed** |')).toBe(missed);
    expect(table?.includes('| reached |')).toBe(!missed);
  });

  it('have no spread when there was one round', () => {
    expect(tableOf(withFigures(PAGE, [{ ...FAST, rounds: [64.05] }], CONDITIONS)).at(-1)).toContain(
      '| 64.05 × | one |',
    );
  });

  it('come with date, commit, machine and versions', () => {
    expect(withFigures(PAGE, [FAST], CONDITIONS)).toContain(
      'Measured on 2026-11-30 at commit abc1234: 2 cores (a processor), 24 GiB, PostgreSQL 18.4, Node 20.20.2.',
    );
  });

  it('replace those of the run before, and nothing else of the page', () => {
    const first = withFigures(PAGE, [FAST], CONDITIONS);
    const second = withFigures(first, [FAST, FAST], CONDITIONS);
    expect(first).not.toContain('an older table');
    expect(tableOf(second)).toHaveLength(4);
    for (const page of [first, second]) {
      expect(page.startsWith('# Performance\n\n<!-- figures')).toBe(true);
      expect(page.endsWith('<!-- /figures -->\n\n## What the figures mean\n')).toBe(true);
    }
  });

  it('are refused by a page without the markers, instead of replacing all of it', () => {
    expect(() => withFigures('# Performance\n', [FAST], CONDITIONS)).toThrow('no marker comments');
    expect(() => withFigures(PAGE.replace('<!-- /figures -->', ''), [FAST], CONDITIONS)).toThrow('no marker comments');
  });
});
