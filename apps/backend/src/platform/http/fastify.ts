import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isPrivateAddress } from './address.js';
import { toDomainError } from './error-translation.js';
import { ParserErrors } from './parser-errors.js';
import { sendProblem } from './problem.js';

export const BODY_LIMIT = 256 * 1024;
const REQUEST_ID = /^[\w.-]{8,100}$/;

/** A request id that a proxy gave is kept, so that one search finds the request in all logs. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** As a client of a proxy writes it: `GET http://host/path`. Everything below expects a path. */
const ORIGIN = /^https?:\/\/[^/?#]*/i;

function pathOf(url: string): string {
  if (!ORIGIN.test(url)) return url;
  const path = url.replace(ORIGIN, '');
  return path.startsWith('/') ? path : `/${path}`;
}

export function createAdapter({ trustedHops }: { trustedHops: number }): FastifyAdapter {
  const unreadable = new ParserErrors();
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    genReqId: requestId,
    rewriteUrl: ({ url = '/' }) => (url.startsWith('/') ? url : pathOf(url)),
    logger: false,
    trustProxy: trustedHops > 0 && ((address: string, hop: number) => hop < trustedHops && isPrivateAddress(address)),
    routerOptions: { maxParamLength: 200 },
    // A bad percent sign in the address, before any hook or filter.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(reply.header('x-request-id', request.id), toDomainError(error), request.id);
    },
    clientErrorHandler: (error: Error, socket: Socket) => unreadable.answer(error, socket),
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
  // Node would leave out what comes after the two thousandth, and nobody would see a second Host, or what a proxy has
  // added at the end. Their size is limited as it is.
  server.maxHeadersCount = 0;
  unreadable.watch(server);
  return adapter;
}
