import cors from '@fastify/cors';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import type { FastifyInstance } from 'fastify';

/** The interactive API documentation loads script files and has inline styles. */
const DOCS = '/api/docs';
const DOCS_POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/** Constants, because they are on every response: a library would build them each time. */
const HEADERS = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-site',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
/** HSTS only with HTTPS: otherwise browsers would refuse a trial installation on plain HTTP. */
const TRANSPORT = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

export const transportSecurity = (frontendUrl: string): Record<string, string> =>
  frontendUrl.startsWith('https:') ? TRANSPORT : {};

export async function addSecurity(fastify: FastifyInstance, frontendUrl: string): Promise<void> {
  const headers = { ...HEADERS, ...transportSecurity(frontendUrl) };
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers);
    if (request.raw.url?.startsWith(DOCS)) reply.header('content-security-policy', DOCS_POLICY);
    done();
  });
  const { origin } = new URL(frontendUrl);
  await fastify.register(cors, {
    origin,
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'if-match', 'x-request-id', IDEMPOTENCY_HEADER],
    exposedHeaders: ['etag', 'retry-after', 'x-request-id', 'content-disposition', REPLAYED_HEADER],
    maxAge: 600,
    // Otherwise the library refuses OPTIONS requests that are no preflight, without a problem document.
    strictPreflight: false,
  });
}
