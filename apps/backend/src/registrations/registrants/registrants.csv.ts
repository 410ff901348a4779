import type { Entrant } from '@mini-compete/shared/registrations';

const COLUMNS: readonly (readonly [heading: string, of: (entrant: Entrant) => string | number | null])[] = [
  ['Name', ({ name }) => name],
  ['E-mail', ({ email }) => email],
  ['Status', ({ status }) => status],
  ['Position', ({ position }) => position],
  ['Registered (UTC)', ({ registeredAt }) => registeredAt],
  ['Promoted (UTC)', ({ promotedAt }) => promotedAt],
  ['Ended (UTC)', ({ endedAt }) => endedAt],
  ['Why ended', ({ endReason }) => endReason],
  ['Reason given', ({ removalReason }) => removalReason],
  ['Registration', ({ registrationId }) => registrationId],
];

/** Without this mark spreadsheet programs read letters beyond ASCII as something else. */
const BYTE_ORDER_MARK = '\uFEFF';

export const csvHead = `${BYTE_ORDER_MARK}${line(COLUMNS.map(([heading]) => heading))}`;

export const csvRow = (entrant: Entrant): string => line(COLUMNS.map(([, of]) => of(entrant)));

function line(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join()}\r\n`;
}

/**
 * People choose their names: one that begins like a formula would be calculated on the organizer's machine. With an
 * apostrophe in front it is text, in every spreadsheet program.
 */
function cell(value: string | number | null): string {
  const text = String(value ?? '');
  const harmless = /^\s*[=+\-@|%＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** Whether the client asked for CSV rather than for JSON. */
export function prefersCsv(accept: string | undefined): boolean {
  const qualities = new Map(
    (accept ?? '').split(',').map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [type, q === undefined ? 1 : Number(q) || 0] as const;
    }),
  );
  const quality = (type: string) =>
    qualities.get(type) ?? qualities.get(`${type.split('/')[0]}/*`) ?? qualities.get('*/*') ?? 0;
  return (qualities.get('text/csv') ?? 0) > 0 && quality('text/csv') >= quality('application/json');
}
