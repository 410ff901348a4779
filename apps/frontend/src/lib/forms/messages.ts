import type { z } from 'zod';

/** Zod error map: messages for the checks to which the shared schemas give none of their own. */
export const describeIssue: z.core.$ZodErrorMap = (issue) => {
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

/** The schemas' messages are fragments for lists; beside a field they start with a capital and end with a period. */
export function asSentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
