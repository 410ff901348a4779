// Without Zod: pages check answers with this file, and would have to load Zod as well.
import { ANSWER_TEXT_MAX, isCalendarDate, NUMBER_MAX } from './question-limits.js';
import type { Question } from './questions.js';
import type { AnsweredBy } from './team-rules.js';
import { hasControlCharacters, hasControlCharactersButLines, visibleText } from './text.js';

/** CHOICES has several texts, YES_NO and CONSENT a boolean, a DATE is a text such as `2026-12-24`. */
export type AnswerValue = string | number | boolean | readonly string[];
/** By the id of the question. Questions without an answer are missing. */
export type AnswerValues = Readonly<Record<string, AnswerValue>>;

/** A deleted question is asked no more, and keeps its answers. */
export type StoredQuestion = Question & { readonly deleted?: true | undefined };

const BOOLEANS = ['true', 'false'] as const;

/** Whether a question is for the team or for each of its members. Without a part: for a person, who answers all. */
export const isAnsweredBy = ({ answeredBy = 'TEAM' }: Question, part: AnsweredBy | undefined): boolean =>
  part === undefined || part === answeredBy;

/** What can be chosen as an answer, as filters name it; null where people write their answer. */
export function offeredAnswers({ kind, options = [] }: Question): readonly string[] | null {
  if (kind === 'CHOICE' || kind === 'CHOICES') return options;
  if (kind === 'YES_NO') return BOOLEANS;
  return kind === 'CONSENT' ? ['true'] : null;
}

/** What is wrong with the answer to a question, as a key of the texts of `validation` and its arguments. */
export interface AnswerProblem {
  readonly id: string;
  readonly key:
    | 'required'
    | 'invalid'
    | 'unknownField'
    | 'minLength'
    | 'maxLength'
    | 'minNumber'
    | 'maxNumber'
    | 'minChoices'
    | 'maxChoices'
    | 'minDate'
    | 'maxDate'
    | `rule.${'singleLine' | 'noControlCharacters' | 'calendarDate' | 'webAddress' | 'consentNeeded'}`;
  readonly values?: Readonly<Record<string, string | number>>;
}

export interface CheckedAnswers {
  readonly answers: AnswerValues;
  /** The texts that the person agreed to. They are kept, also when the consent is edited or the answer is erased. */
  readonly consents: Readonly<Record<string, string>>;
  /** Empty: the answers are valid. */
  readonly problems: readonly AnswerProblem[];
}

/** Checks answers to a version of the questions. Those to deleted questions are left out. */
export function checkAnswers(
  questions: readonly StoredQuestion[],
  given: Readonly<Record<string, unknown>>,
): CheckedAnswers {
  // Not read by property: an id may be the name of something that every object inherits.
  const values = new Map(Object.entries(given));
  const problems: AnswerProblem[] = [];
  const answers: [string, AnswerValue][] = [];
  const consents: [string, string][] = [];
  for (const question of questions) {
    const { id } = question;
    const value = values.get(id);
    values.delete(id);
    if (question.deleted) continue;
    const result = isEmpty(value, question) ? null : checkAnswer(question, value);
    if (result === null) {
      if (question.required)
        problems.push({ id, key: question.kind === 'CONSENT' ? 'rule.consentNeeded' : 'required' });
    } else if ('key' in result) problems.push({ id, ...result });
    else {
      answers.push([id, result.value]);
      if (question.kind === 'CONSENT') consents.push([id, consentText(question)]);
    }
  }
  for (const id of values.keys()) problems.push({ id, key: 'unknownField' });
  return { answers: Object.fromEntries(answers), consents: Object.fromEntries(consents), problems };
}

/** What a person agrees to: the question with its explanation. */
export const consentText = ({ label, help }: Pick<Question, 'label' | 'help'>): string =>
  help ? `${label}\n\n${help}` : label;

function isEmpty(value: unknown, { kind }: Question): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return visibleText(value).trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  return kind === 'CONSENT' && value === false;
}

type Result = { readonly value: AnswerValue } | Omit<AnswerProblem, 'id'>;
const INVALID: Result = { key: 'invalid' };

function checkAnswer(question: Question, value: unknown): Result {
  switch (question.kind) {
    case 'SHORT_TEXT':
    case 'LONG_TEXT':
      return typeof value === 'string' ? checkText(question, visibleText(value).trim()) : INVALID;
    case 'CHOICE':
      return typeof value === 'string' && question.options?.includes(value) ? { value } : INVALID;
    case 'CHOICES':
      return Array.isArray(value) ? checkChoices(question, value) : INVALID;
    case 'YES_NO':
    case 'CONSENT':
      return typeof value === 'boolean' ? { value } : INVALID;
    case 'NUMBER':
      return typeof value === 'number' && Math.abs(value) <= NUMBER_MAX ? checkNumber(question, value) : INVALID;
    case 'DATE':
      return typeof value === 'string' && isCalendarDate(value.trim())
        ? checkDate(question, value.trim())
        : { key: 'rule.calendarDate' };
    case 'URL':
      return typeof value === 'string' ? checkUrl(value.trim()) : INVALID;
  }
}

const numberOf = (bound: Question['min'], otherwise: number) => (typeof bound === 'number' ? bound : otherwise);

function checkText({ kind, min, max }: Question, value: string): Result {
  const isLong = kind === 'LONG_TEXT';
  const most = numberOf(max, isLong ? ANSWER_TEXT_MAX.LONG_TEXT : ANSWER_TEXT_MAX.SHORT_TEXT);
  if (value.length > most) return { key: 'maxLength', values: { count: most } };
  if (value.length < numberOf(min, 0)) return { key: 'minLength', values: { count: numberOf(min, 0) } };
  if (isLong ? hasControlCharactersButLines(value) : hasControlCharacters(value))
    return { key: isLong ? 'rule.noControlCharacters' : 'rule.singleLine' };
  return { value };
}

/** Each option once, in the order of the options. */
function checkChoices({ options = [], min, max }: Question, value: readonly unknown[]): Result {
  const chosen = new Set(value);
  const known = options.filter((option) => chosen.has(option));
  if (known.length < chosen.size) return INVALID;
  const most = numberOf(max, options.length);
  if (known.length > most) return { key: 'maxChoices', values: { count: most } };
  if (known.length < numberOf(min, 0)) return { key: 'minChoices', values: { count: numberOf(min, 0) } };
  return { value: known };
}

function checkNumber({ min, max }: Question, value: number): Result {
  if (typeof min === 'number' && value < min) return { key: 'minNumber', values: { minimum: min } };
  if (typeof max === 'number' && value > max) return { key: 'maxNumber', values: { maximum: max } };
  return { value };
}

/** Texts of this form are in the order of the days. */
function checkDate({ min, max }: Question, value: string): Result {
  if (typeof min === 'string' && value < min) return { key: 'minDate', values: { date: min } };
  if (typeof max === 'string' && value > max) return { key: 'maxDate', values: { date: max } };
  return { value };
}

/** Shown as a link to the staff: other schemes run scripts, and an account in the address hides where it leads. */
function checkUrl(value: string): Result {
  const count = ANSWER_TEXT_MAX.URL;
  if (value.length > count) return { key: 'maxLength', values: { count } };
  if (visibleText(value) !== value || /\s/.test(value)) return { key: 'rule.webAddress' };
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return { key: 'rule.webAddress' };
  }
  const isSafe = /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  return isSafe && !hasControlCharacters(value) ? { value } : { key: 'rule.webAddress' };
}
