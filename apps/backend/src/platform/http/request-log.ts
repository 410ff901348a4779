import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics/metrics.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** A request for the web app: on the browsers' port, and not for the API. */
    isPage: boolean;
  }
}

const SLOW_FROM_MS = 1_000;

/**
 * Counts every request in the metrics and logs failed and slow ones, at `debug` all of them. A line per request would
 * cost about a tenth of the throughput under high load.
 */
export function logRequests(fastify: FastifyInstance, logger: Logger, metrics: Metrics): void {
  const logAll = logger.isLevelEnabled('debug');
  fastify.addHook('onResponse', (request, reply, done) => {
    const ms = reply.elapsedTime;
    const route = request.isPage ? 'page' : (request.routeOptions.url ?? 'none');
    metrics.request(request.method, route, reply.statusCode, ms / 1000);
    // An event stream stays open until its client disconnects.
    const slow = ms > SLOW_FROM_MS && reply.getHeader('content-type') !== 'text/event-stream';
    if (logAll || slow || reply.statusCode >= 500)
      logger[slow || reply.statusCode >= 500 ? 'warn' : 'debug']({
        msg: 'request',
        requestId: request.id,
        method: request.method,
        // Without the query, which may contain search terms or a token.
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
