import type { Readable } from 'node:stream';
import replyFrom from '@fastify/reply-from';
import { UNAVAILABLE_DIGEST } from '@mini-compete/shared/page-errors';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Pool } from 'undici';
import { DomainError } from '../../errors/domain-error.js';
import { sendProblem } from '../problem.js';
import { transportSecurity } from '../security.js';
import { addVary } from '../vary.js';
import { acceptsGzip, compressStream, isCompressible } from './compress.js';
import { newNonce, policyWithNonce, WORKER_POLICY } from './content-policy.js';
import type { FrontSocket } from './front-socket.js';
import type { Page } from './page-cache.js';
import { pageFeatures } from './page-features.js';
import { isServiceWorker, personalHeaders } from './page-request.js';
import { sendErrorPage } from './send-error-page.js';
import { NOT_SHAREABLE, SharedPages } from './shared-pages.js';

export interface PageOptions {
  /** Where the web app listens. */
  readonly webUrl: string;
  readonly frontendUrl: string;
  /** The origin of the API, when it differs from that of the pages; otherwise empty. */
  readonly publicApiOrigin: string;
  /** For Next's development server: allows `eval`, caches nothing and passes error pages on. */
  readonly development?: boolean | undefined;
}

/** Paths of the API. */
const API_PATH = /^\/(api|health)(\/|$)/;
const METHODS = 'GET, HEAD';
/** A `..` segment. No page has one, and @fastify/reply-from throws on it. */
const PARENT_SEGMENT = /\/\.\.|\.\.\//;

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
};
/** Earlier hooks set these on every response, for API calls from other origins. Pages do not need them. */
const API_HEADERS = [
  ...['cross-origin-resource-policy', 'access-control-allow-origin', 'access-control-allow-credentials'],
  ...['access-control-expose-headers', 'cache-control'],
];
/** Headers of the web app's response that describe its own connection, or that this server sets itself. */
const DROPPED_HEADERS: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'date'],
  ...['content-security-policy', 'x-powered-by', 'x-request-id', 'server'],
]);

const RETRY_AFTER_SECONDS = 3;
const LOG_REASON_INTERVAL_MS = 1_000;
const MAX_ERROR_BYTES = 1024 * 1024;
const CONNECTIONS = 128;
const TIMEOUTS = { connect: { timeout: 3_000 }, headersTimeout: 15_000, bodyTimeout: 30_000 };

/**
 * Marks requests for pages and refuses other methods on them. Has to run before the hooks for CORS and unknown methods,
 * which would otherwise respond first.
 */
export function recognizePages(fastify: FastifyInstance, front: FrontSocket): void {
  fastify.decorateRequest('isPage', false);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!front.received(request)) return done();
    const [path = ''] = request.url.split('?', 1);
    if (API_PATH.test(path)) return done();
    // Metrics are on the API's own port only. Compared by route too, because a path can be percent-encoded.
    if (path === '/metrics' || request.routeOptions.url === '/metrics')
      return void sendProblem(reply, new DomainError('ROUTE_NOT_FOUND'), request.id);
    if (!request.is404 && request.method !== 'OPTIONS') return done();
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod(request, reply);
    if (!isValidPath(path)) return void sendProblem(reply, new DomainError('MALFORMED_REQUEST'), request.id);
    request.isPage = true;
    done();
  });
}

function refuseMethod(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('allow', METHODS);
  // A form that the browser submitted itself before the page's scripts had loaded: show a page. Programs get a problem.
  if (request.method === 'POST' && request.headers.accept?.includes('text/html'))
    sendErrorPage(request, reply.code(405), 'tooEarly');
  else sendProblem(reply, new DomainError('METHOD_NOT_ALLOWED'), request.id);
}

function isValidPath(path: string): boolean {
  try {
    // @fastify/reply-from treats a backslash as a slash, takes what follows for another host, and throws.
    if (!path.startsWith('/') || path.includes('\\')) return false;
    return !PARENT_SEGMENT.test(decodeURIComponent(path).replaceAll('\\', '/'));
  } catch {
    // Invalid percent-encoding.
    return false;
  }
}

/** Proxies pages from the web app: shared ones from the page cache, the pages of one person streamed. */
export class Pages {
  private readonly logger = new Logger('Pages');
  private readonly web: Pool;
  private readonly shared: SharedPages;
  private reasonLoggedAt = Number.NEGATIVE_INFINITY;
  private readonly headers: Readonly<Record<string, string>>;

  constructor(private readonly options: PageOptions) {
    this.web = new Pool(options.webUrl, { connections: CONNECTIONS, ...TIMEOUTS });
    this.shared = new SharedPages(this.web, options.publicApiOrigin);
    this.headers = { ...HEADERS, ...transportSecurity(options.frontendUrl) };
  }

  async mount(fastify: FastifyInstance): Promise<void> {
    await fastify.register(replyFrom, {
      base: this.options.webUrl,
      undici: this.web as never,
      disableRequestLogging: true,
    });
    fastify.addHook('onRequest', (request, reply, done) => {
      if (request.isPage) this.send(request, reply);
      else done();
    });
    fastify.addHook('onClose', () => this.web.destroy());
  }

  private send(request: FastifyRequest, reply: FastifyReply): void {
    for (const name of API_HEADERS) reply.removeHeader(name);
    reply.headers(this.headers).header('permissions-policy', pageFeatures(request.url).permissions);
    const shared = this.options.development ? null : this.shared.get(request);
    if (request.renewalError !== null) this.sendUnavailable(request, reply, request.renewalError);
    else if (shared === null) this.proxy(request, reply);
    else void this.sendShared(request, reply, shared);
  }

  /** Never rejects: a failure of the web app becomes a 503. */
  private async sendShared(request: FastifyRequest, reply: FastifyReply, shared: Page | Promise<Page>): Promise<void> {
    try {
      const page = await shared;
      if (page === NOT_SHAREABLE) this.proxy(request, reply);
      else if (page.status >= 500) this.sendFailure(request, reply, page.body.toString());
      else reply.code(page.status).headers(page.headers).send(page.body);
    } catch (error) {
      this.sendUnavailable(request, reply, error);
    }
  }

  private proxy(request: FastifyRequest, reply: FastifyReply): void {
    const { publicApiOrigin, development } = this.options;
    const [path = '/'] = request.url.split('?', 1);
    const scripts = [pageFeatures(path).scripts, development ? "'unsafe-eval'" : ''].filter(Boolean).join(' ');
    const policy = policyWithNonce(newNonce(), publicApiOrigin, scripts);
    reply.from(path, {
      // The web app may just have closed the idle connection that is used.
      retriesCount: 1,
      rewriteRequestHeaders: () => ({ ...personalHeaders(request), 'content-security-policy': policy }),
      rewriteHeaders: (headers) => {
        const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !DROPPED_HEADERS.has(name)));
        if (String(headers['content-type']).startsWith('text/html')) kept['content-security-policy'] = policy;
        else if (isServiceWorker(path)) kept['content-security-policy'] = WORKER_POLICY;
        return kept;
      },
      onResponse: (_request, _reply, response) => {
        const { statusCode, stream } = response as unknown as { statusCode: number; stream: Readable };
        // The development server shows its errors itself.
        if (statusCode >= 500 && !development)
          void readText(stream).then((text) => this.sendFailure(request, reply, text)); // never rejects
        else reply.send(this.encode(request, reply, stream));
      },
      onError: (_reply, { error }) => this.sendUnavailable(request, reply, error),
    });
  }

  private encode({ method, headers }: FastifyRequest, reply: FastifyReply, stream: Readable): Readable {
    const isFullBody = method === 'GET' && reply.statusCode !== 206 && reply.statusCode !== 304;
    if (!isFullBody || !isCompressible(reply.getHeader('content-type'))) return stream;
    addVary(reply, 'accept-encoding');
    if (!acceptsGzip(headers)) return stream;
    reply.removeHeader('content-length').header('content-encoding', 'gzip');
    return compressStream(stream);
  }

  /** The web app has rendered an error page; the digest in it tells whether the API was unavailable. */
  private sendFailure(request: FastifyRequest, reply: FastifyReply, text: string): void {
    if (text.includes(UNAVAILABLE_DIGEST)) this.sendUnavailable(request, reply, 'the web app could not reach the API');
    else {
      this.logger.error({ msg: 'page failed', requestId: request.id, path: request.url.split('?', 1)[0] });
      sendErrorPage(request, reply.code(500), 'failed');
    }
  }

  private sendUnavailable(request: FastifyRequest, reply: FastifyReply, reason: unknown): void {
    // The request log has a line for each; the reason is the same for all, and would fill the disk under high load.
    const now = performance.now();
    if (now - this.reasonLoggedAt > LOG_REASON_INTERVAL_MS) {
      this.reasonLoggedAt = now;
      this.logger.warn({ msg: 'page unavailable', requestId: request.id, reason: String(reason) });
    }
    sendErrorPage(request, reply.code(503).header('retry-after', RETRY_AFTER_SECONDS), 'unavailable');
  }
}

/** Never rejects. */
async function readText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes <= MAX_ERROR_BYTES) chunks.push(chunk);
    }
  } catch {
    // The web app broke off; the text so far is enough to look for the digest.
  }
  return Buffer.concat(chunks).toString();
}
