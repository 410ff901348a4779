/**
 * Limits on the Markdown of a description, far above what one needs. The parser takes quadratic time for some texts: 6,600
 * times `*a_` stopped the process for ten seconds. It recurses into what is nested: 4,000 times `>` exhausted the stack.
 * And a table or a link definition can render to a thousand times its own length. Counting takes linear time.
 */
const MAX_STEPS = 3_000_000;
const MAX_PREFIX_COLUMNS = 100;
const MAX_CONTAINERS = 2_000;
const MAX_TABLE_CELLS = 3_000;
const MAX_LINK_CHARACTERS = 1_000_000;

/** Whether parsing and rendering this text is cheap. */
export function isCheapMarkdown(markdown: string): boolean {
  const lines = markdown.split(/\r\n?|\n/);
  const prefixes = lines.map(prefixOf);
  const blocks = blocksOf(lines);
  return (
    prefixes.every((prefix) => prefix.replaceAll('\t', '    ').length <= MAX_PREFIX_COLUMNS) &&
    sum(prefixes.map(containers)) <= MAX_CONTAINERS &&
    sum(blocks.flatMap(inlineTextsOf).map(steps)) <= MAX_STEPS &&
    sum(blocks.map(tableCells)) <= MAX_TABLE_CELLS &&
    linkCharacters(markdown, blocks) <= MAX_LINK_CHARACTERS
  );
}

type Block = readonly string[];
const BLANK = /^[ \t]*$/;

/** The lines between blank lines: a paragraph or a table never goes on after a blank line. */
function blocksOf(lines: readonly string[]): Block[] {
  const blocks: string[][] = [[]];
  for (const line of lines) {
    if (BLANK.test(line)) blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks;
}

const CONTAINERS = /^(?:[ \t>]|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|\[\^[^\]]*\]:)*/;

/**
 * What puts a line into quotes, list items and footnotes. Its length limits their depth, because each takes at least one
 * column.
 */
const prefixOf = (line: string): string => (BLANK.test(line) ? '' : (CONTAINERS.exec(line)?.[0] ?? ''));

/** Of list items, each one is compared with all others of its list. */
const containers = (prefix: string): number => prefix.match(/[>+*-]|[.)]|\]:/g)?.length ?? 0;

const BULLET_OR_HEADING = /^ {0,3}(?:[-+*][ \t]+[^ \t]|#{1,6}[ \t])/;
const NUMBERED = /^\d{1,9}[.)][ \t]+[^ \t]/;

/**
 * Divides a block where a new paragraph is certain to begin, so that a long list counts as short texts. A number other
 * than 1 begins a list item only after another item.
 */
function inlineTextsOf(block: Block): string[] {
  const texts: string[][] = [[]];
  let afterNumber = false;
  for (const line of block) {
    const isNumbered: boolean = NUMBERED.test(line) && (afterNumber || /^1[.)]/.test(line));
    if (isNumbered || BULLET_OR_HEADING.test(line)) texts.push([]);
    texts.at(-1)?.push(line);
    afterNumber = isNumbered;
  }
  return texts.map((text) => text.join('\n'));
}

const DELIMITER = /[*_~`[\]<\\&\n]|www\.|:\/\//gi;
const PUNCTUATION_RUN = /[!"'&)*,.:;<>?\]_~]{2,}/g;

/**
 * An upper bound of the characters that the parser visits. At each delimiter it may look through the whole text for the
 * other one, and after an address at each punctuation mark for the end of the run.
 */
function steps(text: string): number {
  const delimiters = text.match(DELIMITER)?.length ?? 0;
  const runs = text.match(PUNCTUATION_RUN) ?? [];
  return delimiters * text.length + sum(runs.map((run) => run.length ** 2));
}

/** Each row of a table is filled up to the width of the header. */
function tableCells(block: Block): number {
  const pipes = block.reduce((most, line) => Math.max(most, line.split('|').length - 1), 0);
  return pipes === 0 ? 0 : (pipes + 1) * block.length;
}

/** A definition (`[label]: address "title"`) is copied to wherever its label is used. */
function linkCharacters(markdown: string, blocks: readonly Block[]): number {
  const definitions = blocks.map((block) => block.join('\n')).filter((text) => text.includes(']:'));
  const longest = definitions.reduce((most, { length }) => Math.max(most, length), 0);
  return longest * (markdown.split('[').length - 1);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
