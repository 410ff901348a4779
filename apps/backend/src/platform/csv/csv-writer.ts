type Cell = string | number | null;

/** Without it, spreadsheet programs do not read the file as UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

export const csvHeadOf = (headings: readonly string[]): string => `${BYTE_ORDER_MARK}${csvRowOf(headings)}`;

export function csvRowOf(cells: readonly Cell[]): string {
  return `${cells.map(cell).join()}\r\n`;
}

/**
 * Against CSV injection: a name that begins like a formula would be evaluated on the organizer's machine. With an
 * apostrophe in front of it, spreadsheet programs treat it as text.
 */
function cell(value: Cell): string {
  const text = String(value ?? '');
  const escaped = /^\s*[=+\-@|%＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${escaped.replaceAll('"', '""')}"`;
}
