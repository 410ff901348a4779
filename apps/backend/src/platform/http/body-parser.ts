import type { FastifyInstance } from 'fastify';
import { DomainError } from '../errors/domain-error.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route needs no body: an empty one, or `{}`, is accepted whatever its Content-Type says. */
    bodyIsOptional?: boolean;
  }
}

/** For `@RouteConfig()`. `curl -d '{}'` says that it sends a form; scripts in the wild do so. */
export const BODY_IS_OPTIONAL = { bodyIsOptional: true } as const;

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
  // Such a request may come from a form on another site. It is harmless: with cookies it has to come from our own.
  fastify.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    const isEmpty = body === '' || (body as string).trim() === '{}';
    if (request.routeOptions.config.bodyIsOptional && isEmpty) done(null, undefined);
    else done(new DomainError('MEDIA_TYPE_UNSUPPORTED'));
  });
}
