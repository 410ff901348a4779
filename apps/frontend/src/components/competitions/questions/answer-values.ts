import type { AnswerValue, AnswerValues } from '@mini-compete/shared/answers';
import type { Question } from '@mini-compete/shared/questions';

/** What the fields show, by the id of the question. Numbers are as typed; yes and no are `true` and `false`. */
export type FieldValue = string | boolean | string[];
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** The values as the API takes them. What is no number is sent as typed, so that the check refuses it. */
export function toAnswers(questions: readonly Question[], values: FieldValues): Record<string, FieldValue | number> {
  const given = new Map(Object.entries(values));
  return Object.fromEntries(
    questions.flatMap(({ id, kind }) => {
      const value = given.get(id);
      if (value === undefined || value === '' || (kind === 'CONSENT' && value === false)) return [];
      if (Array.isArray(value) && value.length === 0) return [];
      return [[id, typeof value === 'string' ? parsed(kind, value) : value] as const];
    }),
  );
}

export const fromAnswers = (answers: AnswerValues): FieldValues =>
  Object.fromEntries(Object.entries(answers).map(([id, value]) => [id, fieldValue(value)]));

function fieldValue(value: AnswerValue): FieldValue {
  if (typeof value === 'number') return String(value);
  return typeof value === 'object' ? [...value] : value;
}

function parsed(kind: Question['kind'], text: string): string | number | boolean {
  if (kind === 'YES_NO') return text === 'true';
  return kind === 'NUMBER' ? parseNumber(text) : text;
}

const ARABIC_ZERO = '٠'.charCodeAt(0);

/** `1.5`, `1,5`, `١٫٥`; not `1.234,5`, which people read in two ways. */
export function parseNumber(text: string): number | string {
  const latin = text
    .trim()
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_ZERO))
    .replace(/[,٫]/, '.')
    .replace('−', '-');
  return /^-?\d+(\.\d+)?$/.test(latin) ? Number(latin) : text;
}
