import { DESCRIPTION_MAX } from '@mini-compete/shared/competitions';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ATTACKS, patterns, repeatPatterns } from '../../../test/support/hostile-markdown.js';
import { renderMarkdown } from './markdown.js';

const SAMPLE = `# Day 1

**Doors** open at *9:00*, ~~not 8:00~~. See [the plan](https://example.org/plan "Plan"),
www.example.org or info@example.org\\
![map](/map.png) node.js

3. Check in with \`<code>\`
4. Play
   - Room *A*

> ## Lunch

| round | time |
| :-- | --: |
| 1 | [10:00](rounds#1) |

---

\`\`\`js
a < b
\`\`\`
`;
const ORDINARY = SAMPLE.repeat(Math.floor(DESCRIPTION_MAX / SAMPLE.length));

const LIMIT_MS = 50;
const RUNS = 10;

/** CPU time of the fastest run: the others also measure the compiler, the garbage collector and other processes. */
function measure(markdown: string, enough = 0): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS && fastest > enough; run++) {
    const begin = process.cpuUsage();
    renderMarkdown(markdown);
    const { user, system } = process.cpuUsage(begin);
    fastest = Math.min(fastest, (user + system) / 1_000);
  }
  return fastest;
}

/** 50 ms where ordinary Markdown of the same length takes 6 ms, and as much more as the machine is slower or busier. */
function expectQuick(markdown: string): void {
  const ms = measure(markdown, LIMIT_MS);
  if (ms > LIMIT_MS && ms > 8 * measure(ORDINARY))
    throw new Error(`${Math.round(ms)} ms for ${JSON.stringify(markdown.slice(0, 60))}…`);
}

it.each(Object.entries(ATTACKS))('S4: a description is rendered in 50 ms, although it consists of %s', (_, text) => {
  expect(text.length).toBeLessThanOrEqual(DESCRIPTION_MAX);
  expectQuick(text);
});

it('S4: generated Markdown of the allowed length is rendered in 50 ms', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(patterns, (parts) => expectQuick(repeatPatterns(parts))),
    { numRuns: 300, interruptAfterTimeLimit: 40_000, endOnFailure: true },
  );
});
