import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Gauge } from 'prom-client';
import { POOL } from '../../platform/database/pool.js';
import { readForMetrics } from '../../platform/metrics/collect.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { METRICS } from '../../registry/metrics.js';
import { SAMPLED_INVARIANTS, sampleInvariants } from './invariants.js';

/** Prometheus scrapes every few seconds; the queries run once a minute. */
const INTERVAL_MS = 60_000;

/** Samples the invariants in the worker's metrics, so that a violation raises an alert. */
@Injectable()
export class InvariantMetrics {
  private nextSampleAt = 0;

  constructor(metrics: Metrics, @Inject(POOL) pool: pg.Pool) {
    const gauge = new Gauge({
      ...METRICS.invariantViolations,
      registers: [metrics.registry],
      collect: async () => {
        if (Date.now() < this.nextSampleAt) return;
        this.nextSampleAt = Date.now() + INTERVAL_MS;
        const violations = await readForMetrics('invariants', () => sampleInvariants(pool));
        if (violations === null) {
          // The values of a minute ago would say that nothing is wrong.
          gauge.reset();
          return;
        }
        for (const { id } of SAMPLED_INVARIANTS)
          gauge.set({ id }, violations.find((violation) => violation.id === id)?.rows.length ?? 0);
      },
    });
  }
}
