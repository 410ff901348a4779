// Without Zod: pages check answers with this file, and would have to load Zod as well.

export const QUESTION_KINDS = [
  'SHORT_TEXT',
  'LONG_TEXT',
  'CHOICE',
  'CHOICES',
  'YES_NO',
  'NUMBER',
  'DATE',
  'URL',
  'CONSENT',
] as const;

export const QUESTIONS_MAX = 30;
export const QUESTION_LABEL_MAX = 300;
export const QUESTION_HELP_MAX = 1_000;
export const OPTIONS_MAX = 50;
export const OPTION_MAX = 100;

/** Characters of an answer. */
export const ANSWER_TEXT_MAX = { SHORT_TEXT: 300, LONG_TEXT: 5_000, URL: 2_000 } as const;
/** Of all answers of a person together: hundreds of registrations go to the database in one statement. */
export const ANSWERS_TOTAL_MAX = 20_000;
/** Larger ones are not exact. */
export const NUMBER_MAX = 1_000_000_000_000_000;

/** A day that exists, `2026-12-24`. */
export function isCalendarDate(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
