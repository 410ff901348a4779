import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../errors.js';
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
    if (hasGoodHost(request)) done();
    else sendProblem(reply, NO_GOOD_HOST, request.id);
  });
}

const NO_GOOD_HOST = new DomainError('MALFORMED_REQUEST', {
  detail: 'The Host header has to be there once, and to name a host.',
});

/** Two hosts, or one that is none: proxies and servers behind each other would not agree on whose request it is. */
function hasGoodHost(request: FastifyRequest): boolean {
  const { rawHeaders, httpVersion } = request.raw;
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++;
  }
  if (hosts === 0) return httpVersion === '1.0';
  return hosts === 1 && hostOf(request) !== null;
}
