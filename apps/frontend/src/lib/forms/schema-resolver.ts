import { describeIssue } from '@mini-compete/messages/describe-issue';
import { useMemo } from 'react';
import type { FieldErrors, FieldValues, Resolver } from 'react-hook-form';
import type { z } from 'zod';
import { useTexts } from '#texts';

/**
 * Validates a form with a schema of the API, and reports every invalid field at once. `toInput` converts the values of
 * the fields for the schema only: the form keeps them as typed, so that no field changes while the user edits it.
 * Both have to be the same at each rendering. Needs the texts of `validation`.
 */
export function useSchemaResolver<Values extends FieldValues>(
  schema: z.ZodType,
  toInput: (values: Values) => unknown = keep,
): Resolver<Values> {
  const t = useTexts('validation');
  return useMemo(() => {
    const error = describeIssue(t);
    return (values) => {
      const result = schema.safeParse(toInput(values), { error });
      if (result.success) return { values, errors: {} };
      const errors: Record<string, { type: string; message: string }> = {};
      for (const issue of result.error.issues) {
        const field = String(issue.path[0] ?? 'root');
        errors[field] ??= { type: issue.code, message: issue.message };
      }
      return { values: {}, errors: errors as FieldErrors<Values> };
    };
  }, [t, schema, toInput]);
}

const keep = <Values>(values: Values) => values;
