import { INVARIANT_NAMES } from '@mini-compete/shared/invariants';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Gauge } from 'prom-client';
import { POOL } from '../../platform/database/pool.js';
import { readForMetrics } from '../../platform/metrics/collect.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { METRICS } from '../../registry/metrics.js';
import { WATCHED_INVARIANTS } from './invariants.js';

interface Stored {
  readonly checkedAt: number;
  readonly seconds: number;
  readonly byName: Readonly<Record<string, number>>;
  readonly byCase: Readonly<Record<string, number>>;
}

/** What the last check has found, in the metrics of every worker. Each series is missing until there was a check. */
@Injectable()
export class InvariantMetrics {
  /** The read of the running scrape, which all gauges share. */
  private reading: Promise<Stored | null> | null = null;

  constructor(
    metrics: Metrics,
    @Inject(POOL) private readonly pool: pg.Pool,
  ) {
    const read = () => this.read();
    const gauge = (metric: (typeof METRICS)[keyof typeof METRICS], set: (gauge: Gauge, stored: Stored) => void) =>
      new Gauge({
        ...metric,
        registers: [metrics.registry],
        async collect() {
          const stored = await read();
          // Old values would say that nothing is wrong. A reset gauge without labels would say 0.
          this.reset();
          if (metric.labelNames.length === 0) this.remove();
          if (stored !== null) set(this, stored);
        },
      });
    gauge(METRICS.invariantBreaches, (it, { byName }) => {
      for (const invariant of INVARIANT_NAMES) it.set({ invariant }, byName[invariant] ?? 0);
    });
    gauge(METRICS.invariantViolations, (it, { byCase }) => {
      for (const { id } of WATCHED_INVARIANTS) it.set({ id }, byCase[id] ?? 0);
    });
    gauge(METRICS.invariantCheckTimestamp, (it, { checkedAt }) => it.set(checkedAt));
    gauge(METRICS.invariantCheckSeconds, (it, { seconds }) => it.set(seconds));
  }

  private read(): Promise<Stored | null> {
    this.reading ??= readForMetrics(
      'invariants',
      async () => (await this.pool.query<Stored>(STORED)).rows[0] ?? null,
    ).finally(() => {
      this.reading = null;
    });
    return this.reading;
  }
}

const STORED = `
  SELECT extract(epoch FROM checked_at)::float AS "checkedAt", duration_ms / 1000.0::float AS seconds,
         (SELECT coalesce(jsonb_object_agg(invariant, n), '{}')
          FROM (SELECT invariant, count(*) AS n FROM invariant_breaches GROUP BY invariant) b) AS "byName",
         (SELECT coalesce(jsonb_object_agg(case_id, n), '{}')
          FROM (SELECT case_id, count(*) AS n FROM invariant_breaches GROUP BY case_id) b) AS "byCase"
  FROM invariant_checks`;
