import type { Readable } from 'node:stream';
import replyFrom from '@fastify/reply-from';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Pool } from 'undici';
import { DomainError } from '../../errors/domain-error.js';
import { sendProblem } from '../problem.js';
import { transportSecurity } from '../security.js';
import { compressing, isCompressible, takesGzip } from './compress.js';
import { newNonce, nonceOnly } from './content-policy.js';
import type { FrontSocket } from './front-socket.js';
import type { Page } from './page-cache.js';
import { readersHeaders } from './page-request.js';
import { sendErrorPage } from './send-error-page.js';
import { NOT_FOR_ALL, SharedPages } from './shared-pages.js';

export interface PageOptions {
  /** Where the web app listens. */
  readonly webUrl: string;
  readonly frontendUrl: string;
  /** The API's origin where pages call it on another one, else empty. */
  readonly publicApiOrigin: string;
  /** Next's development server evaluates code, and what it serves changes with each save. */
  readonly development?: boolean | undefined;
}

/** What the API answers itself. */
const OURS = /^\/(api|health)(\/|$)/;
const METHODS = 'GET, HEAD';
/** A segment that climbs: the web app has no use for it, and the library that passes on throws at it. */
const CLIMBS = /\/\.\.|\.\.\//;

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'x-frame-options': 'DENY',
};
/** Set on every answer of the API, for calls from another origin. Pages are not called. */
const OF_THE_API = [
  ...['cross-origin-resource-policy', 'access-control-allow-origin', 'access-control-allow-credentials'],
  ...['access-control-expose-headers', 'cache-control'],
];
/** They say something about a connection that ends here, or are set here. */
const NOT_PASSED_BACK: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade', 'te', 'trailer', 'date'],
  ...['content-security-policy', 'x-powered-by', 'x-request-id', 'server'],
]);

/** The web app renders its own error with status 500; this is in it where the API or the database was away. */
export const UNAVAILABLE_DIGEST = 'MC_UNAVAILABLE';
const RETRY_AFTER_SECONDS = 3;
const SAY_WHY_EVERY_MS = 1_000;
const MAX_ERROR_BYTES = 1024 * 1024;
const CONNECTIONS = 128;
const TIMEOUTS = { connect: { timeout: 3_000 }, headersTimeout: 15_000, bodyTimeout: 30_000 };

/** Marks what is a page, and refuses what no page takes. Before anything else answers: CORS, the list of methods. */
export function recognizePages(fastify: FastifyInstance, front: FrontSocket): void {
  fastify.decorateRequest('isPage', false);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!front.received(request)) return done();
    const [path = ''] = request.url.split('?', 1);
    if (OURS.test(path)) return done();
    // Metrics are for the API's own address. Compared by route, since a path can be percent-encoded in many ways.
    if (path === '/metrics' || request.routeOptions.url === '/metrics')
      return void sendProblem(reply, new DomainError('ROUTE_NOT_FOUND'), request.id);
    if (!request.is404 && request.method !== 'OPTIONS') return done();
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod(request, reply);
    if (!isGoodPath(path)) return void sendProblem(reply, new DomainError('MALFORMED_REQUEST'), request.id);
    request.isPage = true;
    done();
  });
}

function refuseMethod(request: FastifyRequest, reply: FastifyReply): void {
  reply.header('allow', METHODS);
  // A form that was sent before the page's scripts were there: its person gets a page, programs get a problem.
  if (request.method === 'POST' && request.headers.accept?.includes('text/html'))
    sendErrorPage(request, reply.code(405), 'TOO_EARLY');
  else sendProblem(reply, new DomainError('METHOD_NOT_ALLOWED'), request.id);
}

function isGoodPath(path: string): boolean {
  try {
    // A backslash is a slash to the library that passes on: it would take what follows for another host, and throw.
    if (!path.startsWith('/') || path.includes('\\')) return false;
    return !CLIMBS.test(decodeURIComponent(path).replaceAll('\\', '/'));
  } catch {
    return false;
  }
}

/** Pages come from the web app: what is the same for many is kept for a while, the rest is passed on as it is made. */
export class Pages {
  private readonly logger = new Logger('Pages');
  private readonly web: Pool;
  private readonly shared: SharedPages;
  private saidWhyAt = Number.NEGATIVE_INFINITY;
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
      if (request.isPage) this.answer(request, reply);
      else done();
    });
    fastify.addHook('onClose', () => this.web.destroy());
  }

  private answer(request: FastifyRequest, reply: FastifyReply): void {
    for (const name of OF_THE_API) reply.removeHeader(name);
    reply.headers(this.headers);
    const shared = this.options.development ? null : this.shared.get(request);
    if (request.renewalError !== null) this.unavailable(request, reply, request.renewalError);
    else if (shared === null) this.passOn(request, reply);
    else void this.sendShared(request, reply, shared);
  }

  private async sendShared(request: FastifyRequest, reply: FastifyReply, shared: Page | Promise<Page>): Promise<void> {
    try {
      const page = await shared;
      if (page === NOT_FOR_ALL) this.passOn(request, reply);
      else if (page.status >= 500) this.fail(request, reply, page.body.toString());
      else reply.code(page.status).headers(page.headers).send(page.body);
    } catch (error) {
      this.unavailable(request, reply, error);
    }
  }

  private passOn(request: FastifyRequest, reply: FastifyReply): void {
    const { publicApiOrigin, development } = this.options;
    const policy = nonceOnly(newNonce(), publicApiOrigin, development ? "'unsafe-eval'" : '');
    const [path = '/'] = request.url.split('?', 1);
    reply.from(path, {
      // One more try where a connection that was kept had just been closed.
      retriesCount: 1,
      rewriteRequestHeaders: () => ({ ...readersHeaders(request), 'content-security-policy': policy }),
      rewriteHeaders: (headers) => {
        const back = Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_PASSED_BACK.has(name)));
        if (String(headers['content-type']).startsWith('text/html')) back['content-security-policy'] = policy;
        return back;
      },
      onResponse: (_request, _reply, answer) => {
        const { statusCode, stream } = answer as unknown as { statusCode: number; stream: Readable };
        // The development server shows what went wrong itself.
        if (statusCode >= 500 && !development) void readText(stream).then((text) => this.fail(request, reply, text));
        else reply.send(this.encode(request, reply, stream));
      },
      onError: (_reply, { error }) => this.unavailable(request, reply, error),
    });
  }

  private encode({ method, headers }: FastifyRequest, reply: FastifyReply, stream: Readable): Readable {
    const isWhole = method === 'GET' && reply.statusCode !== 206 && reply.statusCode !== 304;
    if (!isWhole || !isCompressible(reply.getHeader('content-type'))) return stream;
    const vary = reply.getHeader('vary');
    reply.header('vary', vary ? `${vary}, accept-encoding` : 'accept-encoding');
    if (!takesGzip(headers)) return stream;
    reply.removeHeader('content-length').header('content-encoding', 'gzip');
    return compressing(stream);
  }

  /** The web app answered with an error of its own, and says in it whether it was for want of the API. */
  private fail(request: FastifyRequest, reply: FastifyReply, text: string): void {
    if (text.includes(UNAVAILABLE_DIGEST)) this.unavailable(request, reply, 'the web app could not ask the API');
    else {
      this.logger.error({ msg: 'page failed', requestId: request.id, path: request.url.split('?', 1)[0] });
      sendErrorPage(request, reply.code(500), 'FAILED');
    }
  }

  private unavailable(request: FastifyRequest, reply: FastifyReply, reason: unknown): void {
    // The log of requests has a line for each; why is the same for all, and a crowd must not fill the disk with it.
    const now = performance.now();
    if (now - this.saidWhyAt > SAY_WHY_EVERY_MS) {
      this.saidWhyAt = now;
      this.logger.warn({ msg: 'page unavailable', requestId: request.id, reason: String(reason) });
    }
    sendErrorPage(request, reply.code(503).header('retry-after', RETRY_AFTER_SECONDS), 'UNAVAILABLE');
  }
}

async function readText(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes <= MAX_ERROR_BYTES) chunks.push(chunk);
    }
  } catch {
    // It broke off: what came is all there is to read.
  }
  return Buffer.concat(chunks).toString();
}
