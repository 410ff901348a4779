import type { ErrorCode } from '@mini-compete/shared/errors';
import { HttpException } from '@nestjs/common';
import { databaseFailure } from '../errors/database-errors.js';
import { DomainError } from '../errors/domain-error.js';

/** Fastify's and Nest's own errors, by status: what they say of themselves is for developers. */
const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'MALFORMED_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'ROUTE_NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  406: 'NOT_ACCEPTABLE',
  408: 'MALFORMED_REQUEST',
  413: 'BODY_TOO_LARGE',
  414: 'MALFORMED_REQUEST',
  415: 'MEDIA_TYPE_UNSUPPORTED',
  429: 'TOO_MANY_REQUESTS',
  431: 'HEADERS_TOO_LARGE',
  503: 'UNAVAILABLE',
};

/** Anything that was thrown, as one of our codes. What nobody foresaw is INTERNAL. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const failure = databaseFailure(error);
  if (failure === 'unavailable') return new DomainError('UNAVAILABLE', { retryAfterSeconds: 2, cause: error });
  if (failure === 'contention') return new DomainError('BUSY', { retryAfterSeconds: 1, cause: error });
  const code = BY_STATUS[statusOf(error) ?? 500] ?? 'INTERNAL';
  return new DomainError(code, { cause: error });
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null | undefined)?.statusCode;
  // Only Fastify's own: a status on a foreign error (an SMTP client's, say) is not an answer of ours.
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof status === 'number' && typeof code === 'string' && code.startsWith('FST_') ? status : undefined;
}
