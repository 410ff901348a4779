import { Injectable, StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';

/** `@Body({ schema })`, `@Query({ schema })`, `@Param('id', { schema })`: parsed at the door, or 400 with each field's trouble. */
@Injectable()
export class ValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({
      exceptionFactory: (issues) =>
        new DomainError('VALIDATION_FAILED', {
          errors: issues.slice(0, MOST_ERRORS).map(({ path = [], message }) => ({
            path: path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.'),
            message,
          })),
        }),
    });
  }
}

/** A body of ten thousand wrong items must not become an answer of a megabyte. */
const MOST_ERRORS = 20;
