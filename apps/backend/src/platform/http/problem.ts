import { ERRORS, type ErrorCode } from '@mini-compete/shared/errors';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DiskFull } from '../database/disk-full.js';
import { databaseFailure } from '../errors/database-errors.js';
import { DomainError, type Refusal } from '../errors/domain-error.js';
import { languageFor } from '../i18n/languages.js';
import { problemHeaders, problemJson } from './problem-document.js';
import { addVary } from './vary.js';

declare module 'fastify' {
  interface FastifyReply {
    /** The code of the problem document that was sent, if any. */
    problem: ErrorCode | null;
  }
}

/** Turns everything that is thrown into a problem document with a code, without stack and SQL. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Errors');

  constructor(private readonly diskFull: DiskFull) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    this.diskFull.noticeFailure(thrown);
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = toDomainError(thrown);
    if (error.status >= 500)
      this.logger.error({ msg: error.code, requestId: request.id, err: error.options.cause ?? error });
    // A response that has started (a stream) cannot be replaced: closing it early shows the client that it is broken.
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    for (const name of BODY_HEADERS) reply.removeHeader(name);
    sendProblem(reply, error, request.id);
  }
}

/** Headers that a handler may have set for a body that is not sent now. */
const BODY_HEADERS = ['content-length', 'content-encoding', 'content-disposition', 'etag'];

export function sendProblem(reply: FastifyReply, error: Refusal, requestId: string): FastifyReply {
  const status = ERRORS[error.code];
  const language = languageFor(reply.request.headers);
  reply.problem = error.code;
  // For these Fastify sets `Connection: close`, and a client that is still sending its body would get a reset before it
  // reads the response. Without it Node reads the rest of the body, within the request timeout.
  if (status === 413 || status === 415) reply.removeHeader('connection');
  addVary(reply, 'accept-language');
  return reply
    .code(status)
    .headers(problemHeaders(error, language))
    .send(problemJson(error, requestId, language));
}

/** Codes for Fastify's and Nest's own errors, by status: their messages are meant for developers. */
const CODE_BY_STATUS: Readonly<Record<number, ErrorCode>> = {
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

/** Maps anything that was thrown to an error with a code; an unexpected one becomes INTERNAL. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const failure = databaseFailure(error);
  if (failure === 'unavailable') return new DomainError('UNAVAILABLE', { retryAfterSeconds: 2, cause: error });
  if (failure === 'contention') return new DomainError('BUSY', { retryAfterSeconds: 1, cause: error });
  const code = CODE_BY_STATUS[statusOf(error) ?? 500] ?? 'INTERNAL';
  return new DomainError(code, { cause: error });
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null | undefined)?.statusCode;
  // Only Fastify's own errors: the status in the error of, say, an SMTP client is not the status of this response.
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof status === 'number' && typeof code === 'string' && code.startsWith('FST_') ? status : undefined;
}
