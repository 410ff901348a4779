import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Counter, Gauge } from 'prom-client';
import { METRICS } from '../../registry/metrics.js';
import { POOL } from '../database/pool.js';
import { Metrics } from '../metrics/metrics.js';

/** Outcomes of job attempts, and depth and age of the queues. */
@Injectable()
export class JobMetrics {
  private readonly attempts: Counter<'job' | 'outcome'>;

  constructor(metrics: Metrics, @Inject(POOL) pool: pg.Pool) {
    const registers = [metrics.registry];
    this.attempts = new Counter({ ...METRICS.jobAttempts, registers });
    const age = new Gauge({ ...METRICS.queueAge, registers });
    new Gauge({
      ...METRICS.queueDepth,
      registers,
      async collect() {
        const { rows } = await pool.query<{ queue: string; depth: number; age: number }>(DEPTH_AND_AGE);
        this.reset();
        age.reset();
        for (const row of rows) {
          this.set({ queue: row.queue }, row.depth);
          age.set({ queue: row.queue }, row.age);
        }
      },
    });
  }

  attempt(job: string, outcome: 'done' | 'failed' | 'dead' | 'given-back'): void {
    this.attempts.inc({ job, outcome });
  }
}

const DEPTH_AND_AGE = `
  SELECT queue, count(*)::int AS depth, extract(epoch FROM now() - min(created_at))::float AS age
  FROM outbox WHERE settled_at IS NULL GROUP BY queue`;
