import { Logger } from '@nestjs/common';

export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** In milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, string | number>>;
}

const EXPORT_INTERVAL_MS = 2_000;
/** Beyond it spans are dropped, so that an unreachable collector does not fill the memory. */
const MAX_PENDING_SPANS = 2_048;

/** Exports spans in batches to a collector, as OTLP over HTTP with JSON. Spans of a failed export are dropped. */
export class SpanExporter {
  private readonly logger = new Logger('Tracing');
  private pending: Span[] = [];
  private isFailing = false;
  private readonly timer: NodeJS.Timeout;
  private readonly url: string;

  constructor(
    endpoint: string,
    private readonly service: string,
  ) {
    this.url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
    this.timer = setInterval(() => void this.flush(), EXPORT_INTERVAL_MS).unref();
  }

  add(span: Span): void {
    if (this.pending.length < MAX_PENDING_SPANS) this.pending.push(span);
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** Never rejects. Logs the first of several failures in a row. */
  private async flush(): Promise<void> {
    if (this.pending.length === 0) return;
    const spans = this.pending;
    this.pending = [];
    const resource = { attributes: attributes({ 'service.name': this.service }) };
    const body = {
      resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'mini-compete' }, spans: spans.map(otlp) }] }],
    };
    try {
      await fetch(this.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(EXPORT_INTERVAL_MS),
      });
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing) this.logger.warn({ msg: 'spans could not be exported', spans: spans.length, err: error });
      this.isFailing = true;
    }
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
