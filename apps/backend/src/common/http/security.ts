import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import { IDEMPOTENCY_HEADER, REPLAYED_HEADER } from '@mini-compete/shared/registrations';
import type { FastifyInstance } from 'fastify';

/** The API's interactive document brings scripts and styles of its own; nothing else here is a page. */
const DOCS = '/api/docs';
const DOCS_POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

export async function addSecurity(fastify: FastifyInstance, frontendUrl: string): Promise<void> {
  const { origin, protocol } = new URL(frontendUrl);
  await fastify.register(cors, {
    origin,
    credentials: true,
    methods: ['GET', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'if-match', 'x-request-id', IDEMPOTENCY_HEADER],
    exposedHeaders: ['etag', 'retry-after', 'x-request-id', 'content-disposition', REPLAYED_HEADER],
    maxAge: 600,
  });
  await fastify.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    // Asked for only where there is a certificate: on plain HTTP it would lock the trial out.
    strictTransportSecurity: protocol === 'https:' ? { maxAge: 31_536_000 } : false,
    crossOriginResourcePolicy: { policy: 'same-site' },
    referrerPolicy: { policy: 'no-referrer' },
    // These say something about pages and plug-ins of old; each header costs every request a little.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.raw.url?.startsWith(DOCS)) reply.header('content-security-policy', DOCS_POLICY);
    done();
  });
}
