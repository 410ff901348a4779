import { type ArgumentMetadata, Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';

/** Bounds the response to a body with ten thousand invalid items. */
const MAX_FIELD_ERRORS = 20;

/** Validates `@Body({ schema })`, `@Query({ schema })` and `@Param('id', { schema })`, and reports an error per field. */
@Injectable()
export class ValidationPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const { schema, data } = metadata;
    if (schema === undefined || !this.toValidate(metadata)) return value;
    this.stripProtoKeys(value);
    const result = await this.validate<T>(value, schema);
    if (result.issues === undefined) return result.value;
    throw new DomainError('VALIDATION_FAILED', {
      errors: result.issues.slice(0, MAX_FIELD_ERRORS).map(({ path = [], message }) => ({
        path: [
          // The name of a path parameter: its value has no fields, so the path would be empty.
          ...(data === undefined ? [] : [data]),
          ...path.map((step) => String(typeof step === 'object' ? step.key : step)),
        ].join('.'),
        message,
      })),
    });
  }
}
