import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorCode, PROBLEM_TYPE } from '@mini-compete/shared/errors';
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
    trustProxy: trustedHops > 0 && ((address: string, hop: number) => hop < trustedHops && isPrivateAddress(address)),
    routerOptions: { maxParamLength: 200 },
    // A bad percent sign in the address, before any hook or filter.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(reply.header('x-request-id', request.id), toDomainError(error), request.id);
    },
    clientErrorHandler: answerUnreadable,
    // Node's own answer to a missing host has no body: `checkRequests` answers instead.
    http: { requireHostHeader: false },
    keepAliveTimeout: 65_000,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    // While it closes, what still arrives on open connections is answered as ever, and told to go (Connection: close).
    return503OnClosing: false,
    // No Nest middleware anywhere: its hook would only be in the way of every request.
    skipMiddie: true,
  });
  const server = adapter.getHttpServer() as Server;
  // Node would answer an expectation that it does not know with a bare 417; it may as well be passed over.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  // A tunnel: without a listener Node closes the connection and says nothing.
  server.on('connect', (_request, socket) => answerOnSocket(socket, 'METHOD_NOT_ALLOWED'));
  return adapter;
}

/** What is no HTTP at all, or has headers beyond the limit, gets here with nothing but its socket. */
function answerUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
  else answerOnSocket(socket, error.code === 'HPE_HEADER_OVERFLOW' ? 'HEADERS_TOO_LARGE' : 'MALFORMED_REQUEST');
}

function answerOnSocket(socket: Duplex, code: ErrorCode): void {
  const error = new DomainError(code);
  const id = randomUUID();
  const body = JSON.stringify(problemOf(error, id));
  socket.end(
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\nContent-Type: ${PROBLEM_TYPE}\r\nX-Request-Id: ${id}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
