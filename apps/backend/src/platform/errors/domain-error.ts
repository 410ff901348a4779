import { ERRORS, type ErrorCode, type FieldError } from '@mini-compete/shared/errors';

export interface DomainErrorOptions {
  /** Replaces the code's general sentence. */
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** Further members of the problem document. */
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/**
 * An error as a value, for expected errors on a hot path: on a sold-out competition nearly all responses are refusals,
 * and capturing a stack and unwinding the framework would cost more than the rest of the request.
 */
export interface Refusal {
  readonly code: ErrorCode;
  readonly options: DomainErrorOptions;
}

/** An error with a code, which determines the response. */
export class DomainError extends Error implements Refusal {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    readonly options: DomainErrorOptions = {},
  ) {
    super(options.detail ?? ERRORS[code].title, options.cause === undefined ? undefined : { cause: options.cause });
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}
