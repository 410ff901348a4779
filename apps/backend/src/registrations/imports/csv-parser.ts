export type Separator = ',' | ';' | '\t';

export interface CsvRecord {
  /** Of the file, from 1: a cell in quotes may contain line breaks. */
  readonly line: number;
  readonly cells: readonly string[];
  /** It has a quote at the beginning of a cell that is never closed. The line is read as if it were none. */
  readonly isQuoteUnclosed: boolean;
}

/** What is beyond these limits is no list of people: it is read, but not kept. */
const MAX_CELLS = 100;
const MAX_QUOTED = 10_000;

/**
 * Reads records as RFC 4180 defines them, one by one, so that a large file is never in memory as cells. Any line break is
 * accepted, and a quote inside a cell is a character like others. Empty lines are left out.
 *
 * A quote that is never closed would swallow the rest of the file, so it is searched for within 10,000 characters only;
 * this also keeps the time linear for files full of lone quotes.
 *
 * Not with csv-parse, which ends at such a quote, or at one record that is too large, with an error about the whole file:
 * the organizer would not get a verdict for each row. Its line numbers are of the end of a record, not of the beginning.
 */
export function* readCsv(text: string, separator: Separator): Generator<CsvRecord> {
  const unquoted = new RegExp(`[^${separator}\r\n]*`, 'y');
  let position = 0;
  let line = 1;
  while (position < text.length) {
    const start = line;
    const cells: string[] = [];
    let isQuoteUnclosed = false;
    for (let isLast = false; !isLast; ) {
      let cell = '';
      const quoted = text[position] === '"' ? readQuoted(text, position) : null;
      isQuoteUnclosed ||= text[position] === '"' && quoted === null;
      if (quoted !== null) {
        cell = quoted.cell;
        line += countLines(cell);
        position = quoted.end;
      }
      // After a closing quote, too: "a"b is read as ab.
      unquoted.lastIndex = position;
      const rest = unquoted.exec(text)?.[0] ?? '';
      position += rest.length;
      if (cells.length < MAX_CELLS) cells.push(cell + rest);
      isLast = text[position] !== separator;
      if (!isLast) position++;
    }
    if (text[position] === '\r' && text[position + 1] === '\n') position++;
    position++;
    line++;
    if (cells.some((cell) => cell.trim() !== '')) yield { line: start, cells, isQuoteUnclosed };
  }
}

/** Null when it is not closed. Two quotes stand for one. */
function readQuoted(text: string, start: number): { cell: string; end: number } | null {
  const parts: string[] = [];
  for (let from = start + 1; ; ) {
    const quote = text.indexOf('"', from);
    if (quote === -1 || quote - start > MAX_QUOTED) return null;
    parts.push(text.slice(from, quote));
    if (text[quote + 1] !== '"') return { cell: parts.join('"'), end: quote + 1 };
    from = quote + 2;
  }
}

const countLines = (cell: string): number => cell.match(/\r\n|\r|\n/g)?.length ?? 0;
