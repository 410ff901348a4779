import { Injectable } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS } from '../../registry/metrics.js';

/** The metrics of this process, for Prometheus. Features register their own in `registry`. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly requests = new Histogram({
    ...METRICS.requestSeconds,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers: [this.registry],
  });

  private readonly registrations = new Counter({
    ...METRICS.registrations,
    registers: [this.registry],
  });

  private readonly batches = new Histogram({
    ...METRICS.admissionBatchSize,
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers: [this.registry],
  });

  /** Caches the series of each combination of labels: hashing labels on every request costs more than counting. */
  private readonly series = new Map<string, Histogram.Internal<'method' | 'route' | 'status'>>();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  request(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${route} ${status}`;
    let series = this.series.get(key);
    if (series === undefined) {
      series = this.requests.labels({ method, route, status: String(status) });
      this.series.set(key, series);
    }
    series.observe(seconds);
  }

  /** `outcome`: PENDING, WAITLISTED, REPLAY, SKIPPED, or an error code. */
  registration(outcome: string, count = 1): void {
    this.registrations.inc({ outcome }, count);
  }

  connectionLimit(connections: number): void {
    new Gauge({ ...METRICS.databaseConnectionLimit, registers: [this.registry] }).set(connections);
  }

  admissionBatch(size: number): void {
    this.batches.observe(size);
  }
}
