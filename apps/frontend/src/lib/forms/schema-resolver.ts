import type { FieldErrors, FieldValues, Resolver } from 'react-hook-form';
import type { z } from 'zod';
import { asSentence, inWords } from './messages';

/**
 * Checks a form with a schema of the contract. `shape` turns what stands in the fields into what the API
 * takes; the form keeps its own values, so that what a person typed is never rewritten under their hands.
 */
export function schemaResolver<Values extends FieldValues>(
  schema: z.ZodType,
  shape: (values: Values) => unknown = (values) => values,
): Resolver<Values> {
  return (values) => {
    const result = schema.safeParse(shape(values), { error: inWords });
    if (result.success) return { values, errors: {} };
    const errors: Record<string, { type: string; message: string }> = {};
    for (const issue of result.error.issues) {
      const field = String(issue.path[0] ?? 'root');
      errors[field] ??= { type: issue.code, message: asSentence(issue.message) };
    }
    return { values: {}, errors: errors as FieldErrors<Values> };
  };
}
