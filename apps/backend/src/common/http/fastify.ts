import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { PROBLEM_TYPE } from '@mini-compete/shared/errors';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../errors.js';
import { isPrivateAddress } from './address.js';
import { problemOf, sendProblem } from './problem.js';
import { toDomainError } from './translate.js';

export const BODY_LIMIT = 256 * 1024;
const REQUEST_ID = /^[\w.-]{8,100}$/;

/** A request id that a proxy gave is kept, so that one search finds the request in all logs. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

export function createAdapter({ trustedHops }: { trustedHops: number }): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    genReqId: requestId,
    logger: false,
    trustProxy: (address: string, hop: number) => hop < trustedHops && isPrivateAddress(address),
    routerOptions: { maxParamLength: 200 },
    // A bad percent sign in the address, before any hook or filter.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(reply.header('x-request-id', request.id), toDomainError(error), request.id);
    },
    clientErrorHandler: answerUnreadable,
    keepAliveTimeout: 65_000,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    // While it closes, what still arrives on open connections is answered as ever, and told to go (Connection: close).
    return503OnClosing: false,
    // No Nest middleware anywhere: its hook would only be in the way of every request.
    skipMiddie: true,
  });
  return adapter;
}

/** What is no HTTP at all, or has headers beyond the limit, gets here with nothing but its socket. */
function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const domain = new DomainError(error.code === 'HPE_HEADER_OVERFLOW' ? 'HEADERS_TOO_LARGE' : 'MALFORMED_REQUEST');
  const id = randomUUID();
  const body = JSON.stringify(problemOf(domain, id));
  const reason = domain.status === 431 ? 'Request Header Fields Too Large' : 'Bad Request';
  socket.end(
    `HTTP/1.1 ${domain.status} ${reason}\r\nContent-Type: ${PROBLEM_TYPE}\r\nX-Request-Id: ${id}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
