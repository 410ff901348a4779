import type { TraceContext } from './trace-context.js';

export interface Span extends TraceContext {
  readonly name: string;
  /** In milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, string | number>>;
}

const BATCH_MS = 2_000;
/** A collector that is away costs spans, never memory. */
const MOST_WAITING = 2_048;

/** Sends spans to a collector as OTLP over HTTP with JSON, in batches, and forgets those that it does not take. */
export class SpanExporter {
  private waiting: Span[] = [];
  private readonly timer: NodeJS.Timeout;
  private readonly url: string;

  constructor(
    endpoint: string,
    private readonly service: string,
  ) {
    this.url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
    this.timer = setInterval(() => void this.flush(), BATCH_MS).unref();
  }

  add(span: Span): void {
    if (this.waiting.length < MOST_WAITING) this.waiting.push(span);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  private async flush(): Promise<void> {
    if (this.waiting.length === 0) return;
    const spans = this.waiting;
    this.waiting = [];
    const resource = { attributes: attributes({ 'service.name': this.service }) };
    const body = {
      resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'mini-compete' }, spans: spans.map(otlp) }] }],
    };
    // Lost spans are no reason to disturb the work that they tell of.
    await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(BATCH_MS),
    }).catch(() => {});
  }
}

const SERVER = 2;
const ERROR = 2;

const otlp = (span: Span) => ({
  traceId: span.traceId,
  spanId: span.spanId,
  ...(span.parentSpanId !== undefined && { parentSpanId: span.parentSpanId }),
  name: span.name,
  kind: SERVER,
  startTimeUnixNano: nanos(span.start),
  endTimeUnixNano: nanos(span.end),
  attributes: attributes(span.attributes),
  status: span.failed ? { code: ERROR } : {},
});

const nanos = (ms: number): string => String(BigInt(Math.round(ms * 1000)) * 1000n);

const attributes = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));
