import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, type Separator } from './csv-parser.js';

const read = (text: string, separator: Separator = ',') => [...readCsv(text, separator)].map(({ cells }) => cells);
const SEPARATORS: readonly Separator[] = [',', ';', '\t'];

describe('reading CSV', () => {
  it('splits at the separator and at any line break, and leaves out empty lines', () => {
    expect(read('a;b\r\nc;d\n\n;\re;f', ';')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ]);
  });

  it('keeps separators, quotes and line breaks inside quotes', () => {
    expect(read('"a,b","say ""hi""","two\r\nlines"\nx')).toEqual([['a,b', 'say "hi"', 'two\r\nlines'], ['x']]);
  });

  it('says in which line a record begins, whatever the one before contains', () => {
    const lines = [...readCsv('head\n"one\ntwo\r\nthree"\n\nlast', ',')].map(({ line }) => line);
    expect(lines).toEqual([1, 2, 6]);
  });

  it('takes a lone quote for a character, and does not let it swallow the following lines', () => {
    const records = [...readCsv('a\n"never closed\nb"c\nd', ',')];
    expect(records.map(({ cells }) => cells)).toEqual([['a'], ['never closed\nbc'], ['d']]);
    const broken = [...readCsv(`a\n"never closed\n${'b\n'.repeat(6_000)}"`, ',')];
    expect(broken).toHaveLength(6_003);
    expect(broken[1]).toMatchObject({ cells: ['"never closed'], isQuoteUnclosed: true });
    expect(broken[2]).toMatchObject({ cells: ['b'], isQuoteUnclosed: false });
  });

  it('reads back every table that is written as RFC 4180 says', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '🙂', ' ', '"', ',', ';', '\t', '\n', '\r', '=') });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 4 })),
        fc.constantFrom(...SEPARATORS),
        (rows, separator) => {
          const text = rows
            .map((cells) => cells.map((content) => `"${content.replaceAll('"', '""')}"`).join(separator))
            .join('\r\n');
          const visible = rows.filter((cells) => cells.some((content) => content.trim() !== ''));
          expect(read(text, separator)).toEqual(visible);
        },
      ),
    );
  });

  it.each([
    ['quotes', '"'.repeat(2_000_001)],
    ['a quote at the beginning of each line', '"x\n'.repeat(9_000)],
    ['separators', ','.repeat(5_000_000)],
    ['a single cell', 'x'.repeat(5_000_000)],
    ['a single cell in quotes', `"${'x'.repeat(5_000_000)}"`],
    ['opening quotes', ',"'.repeat(1_000_000)],
  ])(
    'takes linear time for a file full of %s, and keeps at most 100 cells of a line',
    (_, text) => {
      for (const { cells } of readCsv(text, ',')) expect(cells.length).toBeLessThanOrEqual(100);
    },
    20_000,
  );
});
