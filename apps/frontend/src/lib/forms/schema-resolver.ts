import type { FieldErrors, FieldValues, Resolver } from 'react-hook-form';
import type { z } from 'zod';
import { asSentence, describeIssue } from './messages';

/**
 * Validates a form with a schema of the API. `toInput` converts the values of the fields for the schema only: the form
 * keeps them as typed, so that no field changes while the user edits it.
 */
export function schemaResolver<Values extends FieldValues>(
  schema: z.ZodType,
  toInput: (values: Values) => unknown = (values) => values,
): Resolver<Values> {
  return (values) => {
    const result = schema.safeParse(toInput(values), { error: describeIssue });
    if (result.success) return { values, errors: {} };
    const errors: Record<string, { type: string; message: string }> = {};
    for (const issue of result.error.issues) {
      const field = String(issue.path[0] ?? 'root');
      errors[field] ??= { type: issue.code, message: asSentence(issue.message) };
    }
    return { values: {}, errors: errors as FieldErrors<Values> };
  };
}
