import type { ErrorCode, Problem } from '@mini-compete/shared/errors';
import { UNAVAILABLE_DIGEST } from '@mini-compete/shared/page-errors';
import { fallbackTexts } from '@/lib/i18n/fallback-texts';

/** A code of the API, or NO_RESPONSE if the network failed or the request timed out. */
export type ApiErrorCode = ErrorCode | 'NO_RESPONSE';

const RETRYABLE: ApiErrorCode[] = [
  'NO_RESPONSE',
  'IDEMPOTENCY_IN_PROGRESS',
  'BUSY',
  'UNAVAILABLE',
  'TOO_MANY_REQUESTS',
];

export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** Next writes it into the HTML of the failed page, and the front server answers 503 for `UNAVAILABLE_DIGEST`. */
  readonly digest?: string;
  readonly code: ApiErrorCode;
  readonly status: number;
  /** The API's title for this code. */
  readonly title: string;
  readonly problem: Partial<Problem>;
  readonly retryAfterSeconds: number | null;

  constructor(code: ApiErrorCode, problem: Partial<Problem>, retryAfterSeconds: number | null = null) {
    const title = problem.title ?? fallbackTexts().noConnection;
    super(problem.detail || title);
    this.code = code;
    this.status = problem.status ?? 0;
    this.title = title;
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
    if (RETRYABLE.includes(code)) this.digest = UNAVAILABLE_DIGEST;
  }

  /** The title, followed by the detail if it says more. */
  get titleWithDetail(): string {
    const { detail } = this.problem;
    return detail && detail !== this.title ? `${this.title} ${detail}` : this.title;
  }

  /** Messages of the invalid fields by path. */
  get fields(): ReadonlyMap<string, string> {
    return new Map((this.problem.errors ?? []).map(({ path, message }) => [path, message]));
  }
}

export const isApiError = (error: unknown, ...codes: ApiErrorCode[]): error is ApiError =>
  error instanceof ApiError && (codes.length === 0 || codes.includes(error.code));

/** There is no session, or it has ended. */
export const needsSignIn = (error: unknown): boolean => isApiError(error, 'UNAUTHENTICATED', 'SESSION_ENDED');

/** Whether to send the request again with the same idempotency key: its outcome is unknown, or the API was busy. */
export const isRetryable = (error: unknown): boolean => isApiError(error, ...RETRYABLE);
