import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics/metrics.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** For the web app: everything on the address for browsers that is none of the API's. */
    isPage: boolean;
  }
}

const SLOW_MS = 1_000;

/**
 * Counts every request; writes a line for those that went wrong or took long, and at `debug` for all.
 * A line per success would cost a rush a tenth of its speed, and the metrics say as much.
 */
export function logRequests(fastify: FastifyInstance, logger: Logger, metrics: Metrics): void {
  const everyOne = logger.isLevelEnabled('debug');
  fastify.addHook('onResponse', (request, reply, done) => {
    const ms = reply.elapsedTime;
    const route = request.isPage ? 'page' : (request.routeOptions.url ?? 'none');
    metrics.request(request.method, route, reply.statusCode, ms / 1000);
    // A stream that stays open is not slow.
    const slow = ms > SLOW_MS && reply.getHeader('content-type') !== 'text/event-stream';
    if (everyOne || slow || reply.statusCode >= 500)
      logger[slow || reply.statusCode >= 500 ? 'warn' : 'debug']({
        msg: 'request',
        requestId: request.id,
        method: request.method,
        // Without the query: it may hold what somebody searched for, or a token.
        path: request.url.split('?', 1)[0],
        route,
        status: reply.statusCode,
        ms: Math.round(ms),
        userId: request.principal?.userId,
        address: request.ip,
      });
    done();
  });
}
