import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error.js';
import { hostOf, validForwardedFor } from './address.js';
import { sendProblem } from './problem.js';

/** Checks that every request has to pass. Node would refuse some of these itself, without a problem document. */
export function checkRequests(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { headers } = request.raw;
    const forwarded = headers['x-forwarded-for'];
    if (forwarded !== undefined) {
      const valid = validForwardedFor(String(forwarded));
      if (valid === null) delete headers['x-forwarded-for'];
      else headers['x-forwarded-for'] = valid;
    }
    // With invalid framing the start of the next request on this connection is unknown.
    if (!hasValidFraming(request)) sendProblem(reply.header('connection', 'close'), INVALID_FRAMING, request.id);
    else if (!hasValidHost(request)) sendProblem(reply, INVALID_HOST, request.id);
    else done();
  });
}

const INVALID_FRAMING = new DomainError('MALFORMED_REQUEST', { detail: { key: 'bodyFraming' } });
const INVALID_HOST = new DomainError('MALFORMED_REQUEST', { detail: { key: 'hostHeader' } });

/**
 * The parser accepts HTTP/2.0 as a version, chunked combined with other encodings, and chunked in HTTP/1.0. A proxy in
 * front may interpret these differently (request smuggling).
 */
function hasValidFraming(request: FastifyRequest): boolean {
  const { httpVersion, headers } = request.raw;
  const encoding = headers['transfer-encoding'];
  if (httpVersion === '1.1') return encoding === undefined || encoding.toLowerCase() === 'chunked';
  return httpVersion === '1.0' && encoding === undefined;
}

/** Proxy and server could disagree about the target of a request with two hosts or an invalid one. */
function hasValidHost(request: FastifyRequest): boolean {
  const { rawHeaders, httpVersion } = request.raw;
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++;
  }
  if (hosts === 0) return httpVersion === '1.0';
  return hosts === 1 && hostOf(request) !== null && targetMatchesHost(request);
}

const AUTHORITY = /^https?:\/\/([^/?#]*)/i;

/** An absolute-form target has to name the host of the header. */
function targetMatchesHost({ originalUrl, headers }: FastifyRequest): boolean {
  if (originalUrl.startsWith('/')) return true;
  const authority = AUTHORITY.exec(originalUrl)?.[1];
  return authority === undefined || authority.toLowerCase() === headers.host?.toLowerCase();
}
