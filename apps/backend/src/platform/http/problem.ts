import { ERRORS, type ErrorCode, PROBLEM_TYPE, type Problem, problemFor } from '@mini-compete/shared/errors';
import type { FastifyReply } from 'fastify';
import type { Refusal } from '../errors/domain-error.js';

declare module 'fastify' {
  interface FastifyReply {
    /** The code of the problem that it is, if it is one. */
    problem: ErrorCode | null;
  }
}

/** The problem document (RFC 9457) of an error. */
export function problemOf({ code, options }: Refusal, requestId: string): Problem {
  const { detail, errors, extra } = options;
  return { ...problemFor(code, requestId, detail), ...(errors && { errors: [...errors] }), ...extra };
}

/** The problem as the answer to a request. */
export function sendProblem(reply: FastifyReply, error: Refusal, requestId: string): FastifyReply {
  const { status } = ERRORS[error.code];
  reply.problem = error.code;
  // Fastify ends the connection with these. A client that is still sending would be reset before it reads the answer;
  // Node reads the rest of its body, for as long as a request may take.
  if (status === 413 || status === 415) reply.removeHeader('connection');
  return reply
    .code(status)
    .headers(problemHeaders(error))
    .send(JSON.stringify(problemOf(error, requestId)));
}

/** What a 503 tells when the code says nothing more precise. */
const DEFAULT_RETRY_SECONDS = 1;

export function problemHeaders({ code, options }: Refusal): Record<string, string> {
  const { status } = ERRORS[code];
  const headers: Record<string, string> = { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' };
  const retry = options.retryAfterSeconds ?? (status === 503 ? DEFAULT_RETRY_SECONDS : undefined);
  if (retry !== undefined) headers['retry-after'] = String(Math.max(1, Math.ceil(retry)));
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="mini-compete"';
  return headers;
}
