import type { z } from 'zod';

/** What is wrong, as a person would say it, for the checks that the shared schemas make without words of their own. */
export const inWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null || issue.input === ''
        ? 'This is missing.'
        : 'This is not a valid value.';
    case 'too_small':
      if (issue.origin === 'string')
        return issue.minimum === 1 ? 'This is missing.' : `At least ${issue.minimum} characters, please.`;
      return `At least ${Number(issue.minimum).toLocaleString('en')}.`;
    case 'too_big':
      if (issue.origin === 'string') return `At most ${Number(issue.maximum).toLocaleString('en')} characters.`;
      if (issue.origin === 'array') return `At most ${issue.maximum} of these.`;
      return `At most ${Number(issue.maximum).toLocaleString('en')}.`;
    case 'invalid_format':
      if (issue.format === 'email') return 'This is not an e-mail address.';
      return issue.format === 'datetime' ? 'Choose a day and a time.' : undefined;
    default:
      return undefined;
  }
};

/** The schemas' own sentences are written to stand in a list; beside a field they begin with a capital and end with a stop. */
export function asSentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
