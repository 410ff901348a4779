import { DESCRIPTION_MAX } from '@mini-compete/shared/competitions';
import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { Description, plainText } from './description';

/**
 * CPU time, which does not depend on what else the machine does. Ordinary Markdown of the maximal length takes 0.2 s, the
 * slowest generated text 0.7 s, and each known attack more than 2 s.
 */
const TIME_LIMIT_MS = 1_500;

const html = (markdown: string) => renderToStaticMarkup(<Description markdown={markdown} />);

function expectQuick(markdown: string): void {
  const begin = process.cpuUsage();
  html(markdown);
  plainText(markdown);
  const { user, system } = process.cpuUsage(begin);
  const ms = Math.round((user + system) / 1_000);
  if (ms > TIME_LIMIT_MS) throw new Error(`${ms} ms of CPU time for ${JSON.stringify(markdown.slice(0, 60))}…`);
}

it('S4: shows 6,600 times `*a_` as typed, without parsing it for seconds', () => {
  const markdown = '*a_'.repeat(6_600);
  expectQuick(markdown);
  expect(html(markdown)).toBe(`<div class="prose"><p class="whitespace-pre-line">${markdown}</p></div>`);
});

it('S4: shows 4,000 times `>` as typed, without exhausting the stack', () => {
  const markdown = '>'.repeat(4_000);
  expectQuick(markdown);
  expect(html(markdown)).toContain('&gt;'.repeat(4_000));
});

it.each([
  ['nested lists in one line', '- '.repeat(10_000)],
  ['nested lists by indentation', Array.from({ length: 140 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n')],
  ['nested footnotes', '[^a]: '.repeat(3_300)],
  ['nested emphasis', `${'**a '.repeat(2_000)}${' a**'.repeat(2_000)}`],
  ['nested links', `${'['.repeat(3_000)}a${'](b)'.repeat(3_000)}`],
  ['unclosed links', '[a](b "'.repeat(2_800)],
  ['4,000 list items', '\n  - 2) a'.repeat(2_000)],
  ['words after an unclosed bracket', `[${'\\!a'.repeat(6_600)}`],
  ['unclosed comments', 'a <!-- '.repeat(2_800)],
  ['unclosed code of different lengths', Array.from({ length: 190 }, (_, i) => '`'.repeat(i)).join(' ')],
  ['a table with 2,000 columns and 5,000 rows', `${'|a'.repeat(2_000)}\n${'|-'.repeat(2_000)}\n${'a\n'.repeat(5_000)}`],
  ['a long address used 3,000 times', `[a]: b${'c'.repeat(9_000)}\n\n${'[a] '.repeat(2_700)}`],
  ['punctuation after an address', `www.a.b/${'!'.repeat(19_000)}a`],
  ['addresses without end', 'www._.'.repeat(3_300)],
])('S4: renders %s quickly', (_, markdown) => expectQuick(markdown));

const fragment = fc.constantFrom(
  ...['*', '**', '_', '~', '~~', '`', '```', '[', ']', '](', ')', '![', '[^a]', '[^a]: ', '[a]: ', '<', '<a ', '<!--'],
  ...['>', '> ', '- ', '+ ', '1. ', '2) ', '# ', '|', '|-', '\n', '\n\n', '  ', '    ', '\t', '\\', '&', '&amp;', '"'],
  ...['a', 'word ', '.', '!', ':', '@', 'www.', 'https://', 'a@b.c ', '---', '===', '\n- ', '\n> ', '\n    ', '\n1. '],
);
/** A pattern that is repeated finds what takes quadratic time; most random texts do not. */
const repeated = fc
  .tuple(fc.string({ maxLength: 10 }), fc.array(fragment, { minLength: 1, maxLength: 6 }), fc.array(fragment))
  .map(([begin, pattern, end]) => begin + pattern.join('').repeat(DESCRIPTION_MAX).slice(0, 19_900) + end.join(''))
  .map((text) => text.slice(0, DESCRIPTION_MAX));
const mixed = fc
  .array(fc.tuple(fc.array(fragment, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 800 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((parts) =>
    parts
      .map(([pattern, times]) => pattern.join('').repeat(times))
      .join('\n')
      .slice(0, DESCRIPTION_MAX),
  );

it('S4: renders generated Markdown up to the allowed length quickly', { timeout: 120_000 }, () => {
  fc.assert(fc.property(fc.oneof(repeated, mixed), expectQuick), {
    numRuns: 100,
    interruptAfterTimeLimit: 60_000,
    seed: 20_261_126,
    examples: [['*a_'.repeat(6_600)], ['>'.repeat(4_000)]],
  });
});

const SECTION = `## Day %

**Doors** open at *9:00*. See [the plan](https://example.org/plan_of_day) or write to info@example.org.

1. Check in with \`your code\`
2. Find your [board](https://example.org/boards "Boards")
   - Even numbers: room A
   - Odd numbers: room **B**
3. Play

> ~~Lunch~~ is at noon.

| round | time | board |
| :-- | --: | --- |
| 1 | 10:00 | [A](https://example.org/a) |
| 2 | 14:00 | [B](https://example.org/b) |
`;

it('S4: a description of the maximal length with lists, tables and links is still rendered as Markdown', () => {
  const sections = Math.floor(DESCRIPTION_MAX / (SECTION.length + 1));
  const rendered = html(Array.from({ length: sections }, (_, i) => SECTION.replace('%', String(i))).join('\n'));
  for (const tag of ['h2', 'strong', 'em', 'code', 'ol', 'ul', 'blockquote', 'del', 'table']) {
    expect(rendered.split(`<${tag}`).length - 1, tag).toBeGreaterThanOrEqual(sections);
  }
});

it.each([
  [
    '100 numbered links',
    Array.from({ length: 100 }, (_, i) => `${i + 1}. **Name** of the [club](https://example.org/clubs/${i}), *city*`),
  ],
  ['200 bullets', Array.from({ length: 200 }, (_, i) => `- **Name ${i}**: [club](https://example.org/clubs/${i})`)],
  [
    'a table of 300 rows',
    ['| a | b | c | d |', '| - | - | - | - |', ...Array.from({ length: 300 }, (_, i) => `| ${i} | x | y | z |`)],
  ],
  ['200 lines of text without a blank line', Array.from({ length: 200 }, () => 'One more line of an announcement.')],
])('S4: %s are rendered as Markdown', (_, lines) => {
  expect(html(lines.join('\n'))).not.toContain('whitespace-pre-line');
});

it('S4: the deepest nesting that is rendered as Markdown does not exhaust the stack', () => {
  const emphasis = `${'*a _b '.repeat(200)}${' b_ a*'.repeat(200)}`;
  const quotes = Array.from({ length: 100 }, (_, i) => `${'>'.repeat(i + 1)} a`).join('\n\n');
  expect(html(emphasis).split('<em>')).toHaveLength(401);
  expect(html('>'.repeat(100)).split('<blockquote>')).toHaveLength(101);
  expectQuick(emphasis);
  expectQuick(quotes);
});

it('S4: the text for link previews is made from the beginning of the description', () => {
  expect(plainText('## Rules\n\nSee **the** [site](https://example.org).\n')).toBe('Rules See the site.');
  expect(plainText(`${'word '.repeat(100)}end`)).toMatch(/^(?:word )+word…$/);
});

it('S4: the text for link previews is made without a search through the whole description for each bracket', () => {
  const times = Array.from({ length: 5 }, () => {
    const begin = performance.now();
    plainText('['.repeat(DESCRIPTION_MAX));
    return performance.now() - begin;
  });
  expect(Math.min(...times)).toBeLessThan(30);
});
