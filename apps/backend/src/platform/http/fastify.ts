import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isPrivateAddress } from './address.js';
import { ParserErrors } from './parser-errors.js';
import { sendProblem, toDomainError } from './problem.js';

export const BODY_LIMIT = 256 * 1024;
const REQUEST_ID = /^[\w.-]{8,100}$/;

/** Keeps the request id that a proxy has set, so that one search finds the request in all logs. */
function requestId(request: IncomingMessage): string {
  const header = request.headers['x-request-id'];
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID();
}

/** Clients of a proxy send the absolute form `GET http://host/path`. The router expects a path. */
const ORIGIN = /^https?:\/\/[^/?#]*/i;

function pathOf(url: string): string {
  if (!ORIGIN.test(url)) return url;
  const path = url.replace(ORIGIN, '');
  return path.startsWith('/') ? path : `/${path}`;
}

export function createAdapter({ trustedHops }: { trustedHops: number }): FastifyAdapter {
  const parserErrors = new ParserErrors();
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    genReqId: requestId,
    rewriteUrl: ({ url = '/' }) => (url.startsWith('/') ? url : pathOf(url)),
    logger: false,
    trustProxy: trustedHops > 0 && ((address: string, hop: number) => hop < trustedHops && isPrivateAddress(address)),
    routerOptions: { maxParamLength: 200 },
    // Invalid percent-encoding in the path, which fails before any hook or filter.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(reply.header('x-request-id', request.id), toDomainError(error), request.id);
    },
    clientErrorHandler: (error: Error, socket: Socket) => parserErrors.handle(error, socket),
    // Node's own response to a missing Host has no body; `checkRequests` sends a problem document instead.
    http: { requireHostHeader: false },
    keepAliveTimeout: 65_000,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    // During shutdown, requests that arrive on open connections are still answered, with `Connection: close`.
    return503OnClosing: false,
    // There is no Nest middleware, and its hook would run for every request.
    skipMiddie: true,
  });
  const server = adapter.getHttpServer() as Server;
  // Node answers an unknown `Expect` header with a 417 without a body. Ignoring the header is allowed.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
  // Node drops headers after the 2,000th, and would hide a second Host or what a proxy has appended. Their size is
  // limited anyway.
  server.maxHeadersCount = 0;
  parserErrors.watch(server);
  return adapter;
}
