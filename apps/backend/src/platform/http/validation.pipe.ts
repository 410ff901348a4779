import { textOfIssue } from '@mini-compete/messages/describe-issue';
import { type ArgumentMetadata, Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError, type FieldProblem } from '../errors/domain-error.js';

/** Bounds the response to a body with ten thousand invalid items. */
const MAX_FIELD_ERRORS = 20;

/** Validates `@Body({ schema })`, `@Query({ schema })` and `@Param('id', { schema })`, and reports an error per field. */
@Injectable()
export class ValidationPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const { schema, data } = metadata;
    if (schema === undefined || !this.toValidate(metadata)) return value;
    this.stripProtoKeys(value);
    // All schemas are Zod's.
    const zodSchema = schema as unknown as z.ZodType<T>;
    const result = zodSchema.safeParse(value);
    if (result.success) return result.data;
    // The name of a path parameter: its value has no fields, so the path would be empty.
    const parent = data === undefined ? [] : [data];
    // Parsed again: the input of each issue distinguishes a missing value from a wrong one, but makes parsing take 8 × longer.
    const { error = result.error } = zodSchema.safeParse(value, { reportInput: true });
    const errors = error.issues.flatMap((issue) => fieldProblems(issue, parent));
    throw new DomainError('VALIDATION_FAILED', { errors: errors.slice(0, MAX_FIELD_ERRORS) });
  }
}

/** Without the input, which may be a password. */
function fieldProblems(issue: z.core.$ZodIssue, parent: readonly string[]): FieldProblem[] {
  const text = textOfIssue(issue as z.core.$ZodRawIssue);
  const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
  return paths.map((path) => ({ path: [...parent, ...path].map(String).join('.'), ...text }));
}
