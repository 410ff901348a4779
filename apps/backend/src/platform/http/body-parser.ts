import type { FastifyInstance } from 'fastify';
import { DomainError } from '../errors/domain-error.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route needs no body: an empty one, or `{}`, is accepted with any Content-Type. */
    bodyIsOptional?: boolean;
    /** The handler reads the body itself, with `readBody`. Whatever its Content-Type says. */
    bodyIsStream?: boolean;
    /** Bytes, instead of `BODY_LIMIT`. */
    largestBody?: number;
  }
}

/** For `@RouteConfig()`. `curl -d '{}'` sends the Content-Type of a form, and existing scripts do that. */
export const BODY_IS_OPTIONAL = { bodyIsOptional: true } as const;

/** For `@RouteConfig()`. Nothing is read before the guards have accepted the request. */
export const BODY_IS_STREAM = { bodyIsStream: true } as const;

/**
 * Accepts JSON bodies only. Other types are 415, which keeps out what a form on another site can send. An empty body
 * counts as none: many clients set the Content-Type on every request.
 */
export function parseOnlyJson(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    const largest = route.config?.largestBody;
    if (largest !== undefined) route.bodyLimit = largest;
  });
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body as string, done); // reports its errors to `done`
  });
  // A form on another site can send this, but a request with cookies also has to pass the same-origin check.
  fastify.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    const isEmpty = body === '' || (body as string).trim() === '{}';
    if (request.routeOptions.config.bodyIsOptional && isEmpty) done(null, undefined);
    else done(new DomainError('MEDIA_TYPE_UNSUPPORTED'));
  });
  // The name of no real type, so that only these routes get here.
  fastify.addContentTypeParser(STREAM_TYPE, (request, body, done) => {
    if (request.routeOptions.config.bodyIsStream) done(null, body);
    else done(new DomainError('MEDIA_TYPE_UNSUPPORTED'));
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (request.routeOptions.config.bodyIsStream) request.headers['content-type'] = STREAM_TYPE;
    done();
  });
}

const STREAM_TYPE = 'application/x-mini-compete-stream';
