import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error.js';
import { hostOf, readableForwardedFor } from './origin.js';
import { sendProblem } from './problem.js';

/** What is wrong with a request whatever it asks for. Node would answer some of it by itself, in a shape of its own. */
export function checkRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { headers } = request.raw;
    const forwarded = headers['x-forwarded-for'];
    if (forwarded !== undefined) {
      const readable = readableForwardedFor(String(forwarded));
      if (readable === null) delete headers['x-forwarded-for'];
      else headers['x-forwarded-for'] = readable;
    }
    // Where the next request of the connection begins is anybody's guess.
    if (!hasGoodFraming(request)) sendProblem(reply.header('connection', 'close'), NO_GOOD_FRAMING, request.id);
    else if (!hasGoodHost(request)) sendProblem(reply, NO_GOOD_HOST, request.id);
    else done();
  });
}

const NO_GOOD_FRAMING = new DomainError('MALFORMED_REQUEST', {
  detail: 'This is not HTTP/1.1, or not a way to send a body.',
});
const NO_GOOD_HOST = new DomainError('MALFORMED_REQUEST', {
  detail: 'The Host header has to be there once, and to name a host.',
});

/**
 * The parser takes HTTP/2.0 for a version, chunks within other encodings, and chunks in HTTP/1.0: things that a proxy
 * before it may read in another way.
 */
function hasGoodFraming(request: FastifyRequest): boolean {
  const { httpVersion, headers } = request.raw;
  const encoding = headers['transfer-encoding'];
  if (httpVersion === '1.1') return encoding === undefined || encoding.toLowerCase() === 'chunked';
  return httpVersion === '1.0' && encoding === undefined;
}

/** Two hosts, or one that is none: proxies and servers behind each other would not agree on whose request it is. */
function hasGoodHost(request: FastifyRequest): boolean {
  const { rawHeaders, httpVersion } = request.raw;
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++;
  }
  if (hosts === 0) return httpVersion === '1.0';
  return hosts === 1 && hostOf(request) !== null && isForThatHost(request);
}

const AUTHORITY = /^https?:\/\/([^/?#]*)/i;

/** An address that names its host has to name the one in the header. */
function isForThatHost({ originalUrl, headers }: FastifyRequest): boolean {
  if (originalUrl.startsWith('/')) return true;
  const authority = AUTHORITY.exec(originalUrl)?.[1];
  return authority === undefined || authority.toLowerCase() === headers.host?.toLowerCase();
}
