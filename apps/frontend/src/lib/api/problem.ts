import type { ErrorCode, Problem } from '@mini-compete/shared/errors';

/** What a call can fail with: a code of the contract, or no answer at all. */
export type ApiErrorCode = ErrorCode | 'NO_ANSWER';

/** What a page that nobody could be asked for carries as its error's digest; the front server looks for it. */
export const UNAVAILABLE_DIGEST = 'MC_UNAVAILABLE';

const UNCLEAR: ApiErrorCode[] = ['NO_ANSWER', 'IDEMPOTENCY_IN_PROGRESS', 'BUSY', 'UNAVAILABLE', 'TOO_MANY_REQUESTS'];

export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** Next writes it into the page that failed: the front server answers 503 where it says that nobody could be asked. */
  readonly digest?: string;
  readonly code: ApiErrorCode;
  readonly status: number;
  /** The contract's sentence for this code. */
  readonly title: string;
  readonly problem: Partial<Problem>;
  readonly retryAfterSeconds: number | null;

  constructor(code: ApiErrorCode, problem: Partial<Problem>, retryAfterSeconds: number | null = null) {
    const title = problem.title ?? 'There is no connection to the server.';
    super(problem.detail || title);
    this.code = code;
    this.status = problem.status ?? 0;
    this.title = title;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
    if (UNCLEAR.includes(code)) this.digest = UNAVAILABLE_DIGEST;
  }

  /** The sentence, and the detail where it says more. */
  get sentence(): string {
    const { detail } = this.problem;
    return detail && detail !== this.title ? `${this.title} ${detail}` : this.title;
  }

  /** What is wrong with each field, by its path. */
  get fields(): ReadonlyMap<string, string> {
    return new Map((this.problem.errors ?? []).map(({ path, message }) => [path, message]));
  }
}

export const isApiError = (error: unknown, ...codes: ApiErrorCode[]): error is ApiError =>
  error instanceof ApiError && (codes.length === 0 || codes.includes(error.code));

/** No session, or no longer: the way out is to sign in. */
export const needsSignIn = (error: unknown): boolean => isApiError(error, 'UNAUTHENTICATED', 'SESSION_ENDED');

/** Whether the same request with the same key may be sent again: nobody knows yet what became of it. */
export const isUnclear = (error: unknown): boolean => isApiError(error, ...UNCLEAR);
