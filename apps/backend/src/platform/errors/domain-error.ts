import { CATALOGS, type Catalog } from '@mini-compete/messages/catalog';
import type { ValidationText } from '@mini-compete/messages/describe-issue';
import { ERRORS, type ErrorCode } from '@mini-compete/shared/errors';

type Details = Catalog['problems']['detail'];

/** A text of the catalog with its arguments. It is written in the language of the response. */
export type ProblemDetail = {
  [Key in keyof Details]: Details[Key] extends `${string}{count, plural${string}`
    ? { readonly key: Key; readonly count: number }
    : { readonly key: Key };
}[keyof Details];

/** `path` is the path of the field, with dots. */
export interface FieldProblem extends ValidationText {
  readonly path: string;
}

export interface DomainErrorOptions {
  /** Replaces the code's general sentence. */
  readonly detail?: ProblemDetail;
  /** The same for operators, in English: it is not translated. */
  readonly operatorDetail?: string;
  readonly errors?: readonly FieldProblem[];
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

/** An error with a code, which determines the response. Its message is for logs, which are in English. */
export class DomainError extends Error implements Refusal {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    readonly options: DomainErrorOptions = {},
  ) {
    const message = options.operatorDetail ?? CATALOGS.en.problems.title[code];
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
  }

  get status(): number {
    return ERRORS[this.code];
  }
}
