import fc from 'fast-check';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { ATTACKS, markdown, patterns, repeatPatterns } from '../../../test/support/hostile-markdown.js';
import { renderMarkdown } from './markdown.js';

const TEXT_ONLY: readonly string[] = [];
/** What a reader of the page may get, written down again on purpose: the allow-list of the renderer may be wrong. */
const SAFE: Record<string, readonly string[]> = {
  ...Object.fromEntries(
    ['p', 'br', 'hr', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'li', 'strong', 'em', 's', 'code'].map(
      (name) => [name, TEXT_ONLY],
    ),
  ),
  ...Object.fromEntries(['table', 'thead', 'tbody', 'tr'].map((name) => [name, TEXT_ONLY])),
  div: ['tabindex'],
  pre: ['tabindex'],
  ol: ['start'],
  th: ['style'],
  td: ['style'],
  a: ['href', 'rel'],
};
const SAFE_VALUES: Record<string, (value: string) => boolean> = {
  tabindex: (value) => value === '0',
  start: (value) => /^\d{1,9}$/.test(value),
  style: (value) => /^text-align:(left|center|right)$/.test(value),
  rel: (value) => value === 'nofollow ugc noopener noreferrer',
  href: (value) => !URL.canParse(value, PAGE) || ['https:', 'http:', 'mailto:'].includes(new URL(value, PAGE).protocol),
};
const PAGE = 'https://example.org/competitions/1';

/** Parses the HTML like a browser, and returns everything in it that is not safe. */
function unsafeParts(html: string): string[] {
  const found: string[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node, isInLink: boolean): void => {
    if (node.nodeName !== '#document-fragment' && node.nodeName !== '#text') {
      if (!('attrs' in node)) return void found.push(node.nodeName);
      const { tagName, attrs } = node;
      if (!Object.hasOwn(SAFE, tagName) || (tagName === 'a' && isInLink)) found.push(`<${tagName}>`);
      for (const { name, value } of attrs)
        if (!SAFE[tagName]?.includes(name) || !SAFE_VALUES[name]?.(value))
          found.push(`<${tagName} ${name}="${value}">`);
      if (tagName === 'a' && !attrs.some(({ name }) => name === 'rel')) found.push('<a> without rel');
    }
    if ('childNodes' in node) for (const child of node.childNodes) visit(child, isInLink || node.nodeName === 'a');
  };
  visit(parseFragment(html), false);
  return found;
}

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
const REL = 'rel="nofollow ugc noopener noreferrer"';
const RENDERED_SAMPLE = `<h2>Day 1</h2>
<p><strong>Doors</strong> open at <em>9:00</em>, <s>not 8:00</s>. See <a href="https://example.org/plan" ${REL}>the plan</a>,
<a href="http://www.example.org" ${REL}>www.example.org</a> or <a href="mailto:info@example.org" ${REL}>info@example.org</a><br>
<a href="/map.png" ${REL}>map</a> node.js</p>
<ol start="3">
<li>Check in with <code>&lt;code&gt;</code></li>
<li>Play
<ul>
<li>Room <em>A</em></li>
</ul>
</li>
</ol>
<blockquote>
<h3>Lunch</h3>
</blockquote>
<div tabindex="0"><table>
<thead>
<tr>
<th style="text-align:left">round</th>
<th style="text-align:right">time</th>
</tr>
</thead>
<tbody>
<tr>
<td style="text-align:left">1</td>
<td style="text-align:right"><a href="rounds#1" ${REL}>10:00</a></td>
</tr>
</tbody>
</table></div>
<hr>
<pre tabindex="0"><code>a &lt; b
</code></pre>
`;

describe('the HTML of a description', () => {
  it('S4: has only allowed elements, attributes and addresses, whatever the organizer writes', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 8, arbitrary: markdown }, patterns.map(repeatPatterns)), (text) => {
        expect(unsafeParts(renderMarkdown(text))).toEqual([]);
      }),
      { numRuns: 3_000, interruptAfterTimeLimit: 60_000 },
    );
  });

  it.each([
    ['<script>alert(1)</script>'],
    ['<img src=x onerror=alert(1)>'],
    ['a <b onclick="x">b</b>'],
    ['[a](javascript:alert)'],
    ['[a](JAVASCRIPT&colon;alert)'],
    ['[a](<java\nscript:alert>)'],
    ['![a](data:image/svg+xml,x)'],
    ['<vbscript:a>'],
    ['[a](ftp://b.c) ftp://b.c //b.c'],
    ['[a]: javascript:b\n\n[a]'],
    ['[a](b "" onclick="c")'],
    ['[![a](b)](c)'],
    ['```js" onclick="a\nb\n```'],
  ])('S4: of %j is harmless', (text) => {
    expect(unsafeParts(renderMarkdown(text))).toEqual([]);
  });

  it('S4: the check of the HTML finds what is not safe', () => {
    expect(unsafeParts('<p onclick="a">b</p>')).toEqual(['<p onclick="a">']);
    expect(unsafeParts('<a href="java&#10;script:a" rel="x">b</a>')).toHaveLength(2);
    expect(unsafeParts('<div><img src="a"></div><!--a--><svg></svg>')).toEqual([
      '<img>',
      '<img src="a">',
      '#comment',
      '<svg>',
    ]);
    expect(unsafeParts('<a href="b">c</a>')).toEqual(['<a> without rel']);
  });

  it('keeps what Markdown is for, and shows an image as a link', () => {
    expect(renderMarkdown(SAMPLE)).toBe(RENDERED_SAMPLE);
  });

  it.each([
    ['# a\n## b', ['h2', 'h3']],
    ['### a\n##### b\n# c', ['h2', 'h3', 'h2']],
    ['## a\n#### b\n## c', ['h2', 'h3', 'h2']],
    ['> # a', ['h2']],
  ])('has the headings of %j below the title of the page', (text, tags) => {
    expect(renderMarkdown(text).match(/(?<=<)h\d/g)).toEqual(tags);
  });

  it.each([
    ['nested deeper than 20 levels', `${'> '.repeat(25)}end`],
    ['becomes too many cells', ATTACKS['a table of 2,000 columns']],
    ['becomes too long', ATTACKS['a long address used 3,000 times']],
  ])('S4: is the text as typed if it %s', (_, text = '') => {
    const html = renderMarkdown(text);
    expect(html).not.toMatch(/<(?!\/?p>|br>)/);
    const [shown, typed] = [html.replace(/<[^>]*>/g, ''), text.replaceAll('>', '&gt;')].map((it) =>
      it.replace(/\s+/g, ' ').trim(),
    );
    expect(shown).toBe(typed);
  });
});
