import type { FastifyInstance } from 'fastify';
import { DomainError } from '../errors/domain-error.js';

/** Headers of every response: the request id, and `no-store` unless the handler sets another policy. */
export function addCommonHeaders(fastify: FastifyInstance): void {
  fastify.decorateReply('problem', null);
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    reply.header('cache-control', 'no-store');
    done();
  });
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/**
 * 405 with `Allow` when the path exists and the method does not. Patterns are collected as routes are added, and
 * compared only when no route matched.
 */
export function addMethodNotAllowed(fastify: FastifyInstance): void {
  const methodsByPattern = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  fastify.addHook('onRoute', ({ url, method }) => {
    if (url.includes('*')) return;
    const known = methodsByPattern.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    for (const name of [method].flat()) known.methods.add(name);
    methodsByPattern.set(url, known);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.is404 || request.method === 'OPTIONS') return done();
    const path = request.raw.url?.split('?', 1)[0] ?? '';
    const allowed = new Set<string>();
    for (const { pattern, methods } of methodsByPattern.values())
      if (pattern.test(path)) for (const method of methods) allowed.add(method);
    if (allowed.size === 0 || !METHODS.some((method) => allowed.has(method))) return done();
    reply.header('allow', [...allowed].sort().join(', '));
    done(new DomainError('METHOD_NOT_ALLOWED'));
  });
}

function patternOf(url: string): RegExp {
  const path = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]\w*/g, '[^/]+');
  return new RegExp(`^${path}$`);
}
