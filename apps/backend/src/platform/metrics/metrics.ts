import { Injectable } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What Prometheus collects from this process. Features add their own to `registry`. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly requests = new Histogram({
    name: 'mini_compete_request_seconds',
    help: 'Requests by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers: [this.registry],
  });

  private readonly registrations = new Counter({
    name: 'mini_compete_registrations_total',
    help: 'Answers to people who asked for a seat, by outcome.',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  private readonly batches = new Histogram({
    name: 'mini_compete_admission_batch_people',
    help: 'How many people were judged together.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers: [this.registry],
  });

  /** Labels are looked up once each: hashing them on every request costs more than counting. */
  private readonly known = new Map<string, Histogram.Internal<'method' | 'route' | 'status'>>();

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  request(method: string, route: string, status: number, seconds: number): void {
    const name = `${method} ${route} ${status}`;
    let series = this.known.get(name);
    if (series === undefined) {
      series = this.requests.labels({ method, route, status: String(status) });
      this.known.set(name, series);
    }
    series.observe(seconds);
  }

  /** `outcome`: PENDING, WAITLISTED, REPLAY, or the code of the refusal. */
  registration(outcome: string, people = 1): void {
    this.registrations.inc({ outcome }, people);
  }

  admissionBatch(people: number): void {
    this.batches.observe(people);
  }
}
