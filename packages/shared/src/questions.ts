import { z } from 'zod';
import { multiLineText, searchText, singleLineText } from './common.js';
import {
  ANSWER_TEXT_MAX,
  isCalendarDate,
  NUMBER_MAX,
  OPTION_MAX,
  OPTIONS_MAX,
  QUESTION_HELP_MAX,
  QUESTION_KINDS,
  QUESTION_LABEL_MAX,
  QUESTIONS_MAX,
} from './question-limits.js';
import { ANSWERED_BY } from './team-rules.js';
import { rule, type ValidationRule } from './validation-rules.js';

/** The author of the question chooses it. It stays when the question is edited, and answers are stored by it. */
export const QuestionId = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/);

/** In a query: only people who have chosen `answer` for this question: the text of an option, `true` or `false`. */
export const answerFilter = { question: QuestionId.optional(), answer: searchText(OPTION_MAX).optional() };

export const QuestionKind = z.enum(QUESTION_KINDS).meta({ id: 'QuestionKind' });
export type QuestionKind = z.infer<typeof QuestionKind>;

/** A day without a time zone, `2026-12-24`. */
const CalendarDate = z
  .string()
  .max(10)
  .refine(isCalendarDate, rule('calendarDate'))
  .meta({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

const fields = {
  id: QuestionId,
  kind: QuestionKind,
  label: singleLineText(QUESTION_LABEL_MAX),
  help: multiLineText(QUESTION_HELP_MAX).optional(),
  /** Of a competition for teams. Left out: the team answers. */
  answeredBy: z.enum(ANSWERED_BY).optional(),
  /** Of a consent: it has to be given. */
  required: z.boolean(),
  /** Of CHOICE and CHOICES. An answer is the text of an option. */
  options: z.array(singleLineText(OPTION_MAX)).max(OPTIONS_MAX).optional(),
  /** The shortest text, the smallest number, the fewest options, or the first day. */
  min: z.union([z.number(), CalendarDate]).optional(),
  max: z.union([z.number(), CalendarDate]).optional(),
};

export const Question = z.object(fields).meta({ id: 'Question' });
export type Question = z.infer<typeof Question>;

export const QuestionInput = z
  .strictObject(fields)
  .superRefine((question, context) => {
    for (const { path, rule: name } of questionErrors(question))
      context.addIssue({ code: 'custom', path: [path], ...rule(name) });
  })
  .meta({ id: 'QuestionInput' });

/** In the order in which they are asked. */
export const Questions = z
  .array(QuestionInput)
  .max(QUESTIONS_MAX)
  .refine((questions) => new Set(questions.map(({ id }) => id)).size === questions.length, rule('questionIdsUnique'));

interface QuestionError {
  readonly path: 'options' | 'min' | 'max';
  readonly rule: ValidationRule;
}

/** What each field allows alone, but not together with the kind or another field. */
export function questionErrors({ kind, options, min, max }: Pick<Question, 'kind' | 'options' | 'min' | 'max'>) {
  const errors: QuestionError[] = [];
  const hasOptions = kind === 'CHOICE' || kind === 'CHOICES';
  if (hasOptions ? (options?.length ?? 0) < (kind === 'CHOICE' ? 2 : 1) : options !== undefined)
    errors.push({ path: 'options', rule: hasOptions ? 'optionsNeeded' : 'notForThisKind' });
  else if (options && new Set(options).size < options.length) errors.push({ path: 'options', rule: 'optionsUnique' });
  for (const path of ['min', 'max'] as const) {
    const bound = { min, max }[path];
    if (bound !== undefined && !isBoundOf(kind, bound, options?.length ?? 0))
      errors.push({ path, rule: 'notForThisKind' });
  }
  if (errors.length === 0 && min !== undefined && max !== undefined && min > max)
    errors.push({ path: 'max', rule: 'boundsInOrder' });
  return errors;
}

function isBoundOf(kind: QuestionKind, bound: number | string, options: number): boolean {
  if (kind === 'DATE') return typeof bound === 'string';
  if (typeof bound === 'string') return false;
  const isCount = (most: number) => Number.isInteger(bound) && bound >= 0 && bound <= most;
  switch (kind) {
    case 'SHORT_TEXT':
    case 'LONG_TEXT':
      return isCount(ANSWER_TEXT_MAX[kind]);
    case 'CHOICES':
      return isCount(options);
    case 'NUMBER':
      return Math.abs(bound) <= NUMBER_MAX;
    default:
      return false;
  }
}
