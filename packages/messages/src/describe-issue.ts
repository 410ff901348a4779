import type { ValidationRule } from '@mini-compete/shared/validation-rules';
import type { z } from 'zod';
import type { validation } from './en/validation.js';

/** What is wrong with a value, as a key of the namespace `validation` and its arguments. */
export interface ValidationText {
  readonly key: Exclude<keyof typeof validation, 'rule'> | `rule.${ValidationRule}`;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The text for an issue of Zod that still has its `input`. Rules of our own carry their key: see `rule`. */
export function textOfIssue(issue: z.core.$ZodRawIssue): ValidationText {
  const isMissing = issue.input === undefined || issue.input === null || issue.input === '';
  if (isMissing && issue.code !== 'custom') return { key: 'required' };
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'string'
        ? { key: 'minLength', values: { count: Number(issue.minimum) } }
        : { key: 'minNumber', values: { minimum: Number(issue.minimum) } };
    case 'too_big':
      if (issue.origin === 'string') return { key: 'maxLength', values: { count: Number(issue.maximum) } };
      if (issue.origin === 'array') return { key: 'maxItems', values: { count: Number(issue.maximum) } };
      return { key: 'maxNumber', values: { maximum: Number(issue.maximum) } };
    case 'invalid_format':
      if (issue.format === 'email') return { key: 'email' };
      if (issue.format === 'datetime') return { key: 'dateTime' };
      if (issue.format === 'uuid') return { key: 'uuid' };
      return { key: 'invalid' };
    case 'invalid_type':
      return { key: issue.expected === 'int' ? 'wholeNumber' : 'invalid' };
    case 'invalid_value':
      return { key: 'oneOf', values: { options: issue.values.map(String).join(', ') } };
    case 'unrecognized_keys':
      return { key: 'unknownField' };
    case 'custom':
      return { key: issue.params?.rule === undefined ? 'invalid' : `rule.${issue.params.rule as ValidationRule}` };
    default:
      return { key: 'invalid' };
  }
}

/** A translator of the namespace `validation`, of the API or of the web app. */
type Translate = (key: never, values?: never) => string;

/** Zod error map for forms, with the messages of a language. */
export function describeIssue(translate: Translate): z.core.$ZodErrorMap {
  const t = translate as (key: string, values?: ValidationText['values']) => string;
  return (issue) => {
    const { key, values } = textOfIssue(issue);
    return t(key, values);
  };
}
