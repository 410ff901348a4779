import { Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';

/** Bounds the response to a body with ten thousand invalid items. */
const MAX_FIELD_ERRORS = 20;

/** Validates `@Body({ schema })`, `@Query({ schema })` and `@Param('id', { schema })`, and reports an error per field. */
@Injectable()
export class ValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({
      exceptionFactory: (issues) =>
        new DomainError('VALIDATION_FAILED', {
          errors: issues.slice(0, MAX_FIELD_ERRORS).map(({ path = [], message }) => ({
            path: path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.'),
            message,
          })),
        }),
    });
  }
}
