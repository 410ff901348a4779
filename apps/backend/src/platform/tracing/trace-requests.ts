import type { FastifyInstance } from 'fastify';
import { SpanExporter } from './span-exporter.js';
import { type TraceContext, traceContextOf } from './trace-context.js';

declare module 'fastify' {
  interface FastifyRequest {
    trace: TraceContext | null;
  }
}

/** A span per request, under the trace that the caller named. Without an endpoint nothing is hooked in at all. */
export function traceRequests(fastify: FastifyInstance, endpoint: string | null): void {
  if (endpoint === null) return;
  const exporter = new SpanExporter(endpoint, 'mini-compete-api');
  fastify.decorateRequest('trace', null);
  fastify.addHook('onRequest', (request, _reply, done) => {
    request.trace = traceContextOf(request.headers.traceparent);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { trace } = request;
    if (trace?.sampled) {
      const route = request.routeOptions.url ?? 'none';
      const end = Date.now();
      exporter.add({
        ...trace,
        name: `${request.method} ${route}`,
        start: end - reply.elapsedTime,
        end,
        failed: reply.statusCode >= 500,
        attributes: {
          'http.request.method': request.method,
          'http.route': route,
          'http.response.status_code': reply.statusCode,
          'request.id': request.id,
        },
      });
    }
    done();
  });
  fastify.addHook('onClose', () => exporter.close());
}
