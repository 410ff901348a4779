import type { Registrant } from '@mini-compete/shared/registrations';

const COLUMNS: readonly (readonly [heading: string, of: (registrant: Registrant) => string | number | null])[] = [
  ['Name', ({ name }) => name],
  ['E-mail', ({ email }) => email],
  ['Status', ({ status }) => status],
  ['Position', ({ position }) => position],
  ['Registered (UTC)', ({ registeredAt }) => registeredAt],
  ['Promoted (UTC)', ({ promotedAt }) => promotedAt],
  ['Confirm by (UTC)', ({ status, heldUntil }) => (status === 'HELD' ? (heldUntil ?? null) : null)],
  ['Ended (UTC)', ({ endedAt }) => endedAt],
  ['Why ended', ({ endReason }) => endReason],
  ['Reason given', ({ removalReason }) => removalReason],
  ['Registration', ({ registrationId }) => registrationId],
];

/** Without it, spreadsheet programs do not read the file as UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

export const csvHead = `${BYTE_ORDER_MARK}${rowOf(COLUMNS.map(([heading]) => heading))}`;

export const csvRow = (registrant: Registrant): string => rowOf(COLUMNS.map(([, of]) => of(registrant)));

function rowOf(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join()}\r\n`;
}

/**
 * Against CSV injection: a name that begins like a formula would be evaluated on the organizer's machine. With an
 * apostrophe in front of it, spreadsheet programs treat it as text.
 */
function cell(value: string | number | null): string {
  const text = String(value ?? '');
  const escaped = /^\s*[=+\-@|%＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${escaped.replaceAll('"', '""')}"`;
}

/** Whether the `Accept` header prefers CSV to JSON. Wildcards mean JSON. */
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
