import { ERRORS, type ErrorCode, type FieldError } from '@mini-compete/shared/errors';

export interface DomainErrorOptions {
  /** What is special about this time; the code's own sentence otherwise. */
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** Members of the answer that only this code has. */
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/**
 * An error is a value with a code: what the client hears follows from it. Without a stack where nothing is wrong with
 * the program: a thousand people a second who hear "full" would pay for it.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    readonly options: DomainErrorOptions = {},
  ) {
    const limit = Error.stackTraceLimit;
    if (ERRORS[code].status < 500) Error.stackTraceLimit = 0;
    super(options.detail ?? ERRORS[code].title, options.cause === undefined ? undefined : { cause: options.cause });
    Error.stackTraceLimit = limit;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}
