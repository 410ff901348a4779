import { DESCRIPTION_MAX } from '@mini-compete/shared/competitions';
import fc from 'fast-check';

const repeated = (pattern: string, length = DESCRIPTION_MAX) =>
  pattern.repeat(Math.ceil(length / pattern.length)).slice(0, length);

/** Known to take quadratic time, to exhaust the stack or to become much larger in one Markdown parser or another. */
export const ATTACKS: Record<string, string> = {
  'unclosed emphasis': repeated('*a_'),
  'nested quotes': repeated('>'),
  'nested quotes with lazy lines': `${'>'.repeat(19)}${repeated('a\n', 19_900)}`,
  'quotes of different depths': Array.from({ length: 190 }, (_, i) => `${'>'.repeat(i)} a`).join('\n'),
  'quotes of empty list items': repeated('\na\n> - '),
  'nested lists in one line': repeated('- '),
  'nested lists by indentation': Array.from({ length: 139 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n'),
  'list items in list items': repeated('\n  - 2) a'),
  'nested emphasis': `${'**a '.repeat(2_500)}${' a**'.repeat(2_500)}`,
  'emphasis without an end': repeated('a **a *a '),
  'nested strikethrough': repeated('~~a '),
  'strikethrough without an end': repeated('~~a~'),
  'nested links': `${'['.repeat(3_900)}a${'](b)'.repeat(3_900)}`,
  'nested images': `${'!['.repeat(3_000)}a${'](b)'.repeat(3_000)}`,
  'images in links': repeated('[![a](b)](c)'),
  'opening brackets': repeated('['),
  'opening brackets of images': repeated('!['),
  'brackets and parentheses': repeated('[ (]('),
  'unclosed links': repeated('[a](<b'),
  'unclosed titles': repeated('[a](b "'),
  'parentheses in an address': `[a](${repeated('(', 19_900)}`,
  'escapes after an unclosed bracket': `[${repeated('\\!a', 19_900)}`,
  'unclosed link definitions': repeated('[a\n'),
  'unclosed titles of link definitions': repeated('[a]: b "\n'),
  'a long address used 3,000 times': `[a]: b${'c'.repeat(9_000)}\n\n${'[a] '.repeat(2_700)}`,
  footnotes: repeated('[^a]: '),
  'code of different lengths': Array.from({ length: 199 }, (_, i) => '`'.repeat(i)).join(' '),
  comments: repeated('a <!-- '),
  'character data': repeated('<![CDATA['),
  'processing instructions': repeated('<?'),
  'open tags': repeated('<a href="'),
  'character references': repeated('&amp'),
  'a table of 2,000 columns': `${'|a'.repeat(2_000)}\n${'|-'.repeat(2_000)}\n${'a\n'.repeat(5_000)}`,
  'a table of 100 columns': `${'|a'.repeat(100)}\n${'|-'.repeat(100)}\n${'a\n'.repeat(9_000)}`,
  'a table of 3,000 rows': `|a|b|\n|-|-|\n${repeated('|a|b|\n', 19_900)}`,
  headings: repeated('a\n=\n'),
  addresses: repeated('http://a.b '),
  'addresses without a name': repeated('http://'),
  'web addresses': repeated('www.'),
  'web addresses in parentheses': repeated('(www.a.b'),
  'web addresses without a name': repeated('www._ '),
  'web addresses without an end': repeated('www._.'),
  'mail addresses': repeated('a@b.c '),
  'mail addresses without an end': repeated('a@'),
  'punctuation after an address': `www.a.b/${'!'.repeat(19_900)}a`,
  'percent signs in an address': `[a](<${repeated('%ff', 19_900)}>)`,
};

const SYNTAX = [
  '*¦**¦_¦~~¦`¦```¦[¦]¦](¦)¦![¦[^a]¦[a]: ¦[a]¦<¦<a ¦<!--¦]]>¦<script>¦>¦> ¦- ¦+ ¦1. ¦2) ¦# ¦###### ¦|¦|-¦---¦===¦\\¦&¦&amp;¦"',
  'a¦word ¦.¦!¦:¦@¦www.¦https://¦a@b.c ¦😀¦\u0000¦\u202e¦ ¦  ¦    ¦\t¦\n¦\n\n¦\n- ¦\n> ¦\n    ¦\n1. ¦|a|b|\n|:-|-:|\n',
  'javascript:¦JaVaScRiPt&#58;¦java\nscript:¦&#x6A;avascript&colon;¦data:text/html,¦vbscript:¦&Tab;¦[a](javascript:b)',
  '![a](javascript:b)¦<javascript:b>¦[a](//b.c)¦```js" onclick="\n¦\' onclick=\'¦" onload="¦<img src=x onerror=y>¦</a>¦</div>',
].flatMap((line) => line.split('¦'));
const fragment = fc.constantFrom(...SYNTAX);

export const markdown = fc
  .array(fc.oneof({ weight: 6, arbitrary: fragment }, fc.string({ maxLength: 8 })), { maxLength: 60 })
  .map((parts) => parts.join(''));

/** Of the allowed length. A repeated pattern finds what takes quadratic time, most random texts do not. */
export const patterns = fc.array(
  fc.record({
    pattern: fc.array(fragment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('')),
    times: fc.integer({ min: 1, max: DESCRIPTION_MAX }),
  }),
  { minLength: 1, maxLength: 6 },
);
export const repeatPatterns = (parts: readonly { pattern: string; times: number }[]): string =>
  parts
    .map(({ pattern, times }) => pattern.repeat(times).slice(0, DESCRIPTION_MAX))
    .join('\n')
    .slice(0, DESCRIPTION_MAX);
