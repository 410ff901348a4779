import type { AnswerValue } from '@mini-compete/shared/answers';
import type { Question } from '@mini-compete/shared/questions';
import type { Registrant } from '@mini-compete/shared/registrations';
import { csvHeadOf, csvRowOf } from '../../platform/csv/csv-writer.js';

export type CsvColumn = readonly [heading: string, of: (registrant: Registrant) => string | number | null];

const COLUMNS: readonly CsvColumn[] = [
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

/** With one for each question. */
export const csvColumns = (questions: readonly Question[]): readonly CsvColumn[] => [
  ...COLUMNS,
  ...questions.map(
    ({ id, label }): CsvColumn => [label, ({ answers }) => answerText(new Map(Object.entries(answers ?? {})).get(id))],
  ),
];

function answerText(answer: AnswerValue | undefined): string | number | null {
  if (answer === undefined) return null;
  if (typeof answer === 'boolean') return answer ? 'Yes' : 'No';
  return typeof answer === 'object' ? answer.join('; ') : answer;
}

export const csvHead = (columns: readonly CsvColumn[]): string => csvHeadOf(columns.map(([heading]) => heading));

export const csvRow = (columns: readonly CsvColumn[], registrant: Registrant): string =>
  csvRowOf(columns.map(([, of]) => of(registrant)));

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
