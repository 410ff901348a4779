import { randomBytes } from 'node:crypto';

/** W3C trace context: which trace a request belongs to, and what it was called from. */
export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly sampled: boolean;
}

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

export function traceContextOf(traceparent: string | string[] | undefined): TraceContext {
  const spanId = randomBytes(8).toString('hex');
  const [, traceId, parentSpanId, flags] = TRACEPARENT.exec(String(traceparent)) ?? [];
  if (traceId === undefined || parentSpanId === undefined || flags === undefined)
    return { traceId: randomBytes(16).toString('hex'), spanId, sampled: true };
  return { traceId, spanId, parentSpanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}
