import type { FastifyInstance } from 'fastify';

/**
 * JSON is the only body there is. Anything else, what a form on another site can send above all, is 415.
 * An empty one counts as none, whatever its Content-Type says: many clients set it on everything.
 */
export function parseOnlyJson(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body as string, done);
  });
}
