import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Gauge } from 'prom-client';
import { POOL } from '../../platform/database/pool.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { SEAT_INVARIANTS, sampleInvariants } from './invariants.js';

/** Prometheus asks every few seconds; the database is asked this seldom. */
const EVERY_MS = 60_000;

/** The worker looks now and then whether what may never be is anywhere. */
@Injectable()
export class InvariantMetrics {
  private next = 0;

  constructor(metrics: Metrics, @Inject(POOL) pool: pg.Pool) {
    const gauge = new Gauge({
      name: 'mini_compete_invariant_violations',
      help: 'Rows that break an invariant, of the competitions somebody registered for lately. Anything but 0 is an alarm.',
      labelNames: ['id'],
      registers: [metrics.registry],
      collect: async () => {
        if (Date.now() < this.next) return;
        this.next = Date.now() + EVERY_MS;
        const violations = await sampleInvariants(pool);
        for (const { id, scoped } of SEAT_INVARIANTS)
          if (scoped) gauge.set({ id }, violations.find((violation) => violation.id === id)?.rows.length ?? 0);
      },
    });
  }
}
