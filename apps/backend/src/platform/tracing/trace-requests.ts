import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { SpanExporter } from './span-exporter.js';

/** W3C trace context: the trace that a request belongs to, and the span of the caller. */
interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly sampled: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    trace: TraceContext | null;
  }
}

/** Exports a span per request. Without an endpoint it adds no hooks. */
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

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Continues the trace of the caller, or starts a new one when the header is missing or invalid. */
export function traceContextOf(traceparent: string | string[] | undefined): TraceContext {
  const spanId = randomBytes(8).toString('hex');
  const [, traceId, parentSpanId, flags] = TRACEPARENT.exec(String(traceparent)) ?? [];
  if (traceId === undefined || parentSpanId === undefined || flags === undefined)
    return { traceId: randomBytes(16).toString('hex'), spanId, sampled: true };
  return { traceId, spanId, parentSpanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}
