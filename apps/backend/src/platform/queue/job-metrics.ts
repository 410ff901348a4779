import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Counter, Gauge } from 'prom-client';
import { POOL } from '../database/pool.js';
import { Metrics } from '../metrics/metrics.js';

/** What became of each attempt at a job, and how much waits. */
@Injectable()
export class JobMetrics {
  private readonly attempts: Counter;

  constructor(metrics: Metrics, @Inject(POOL) pool: pg.Pool) {
    const registers = [metrics.registry];
    this.attempts = new Counter({
      name: 'mini_compete_job_attempts_total',
      help: 'Attempts at jobs by what became of them.',
      labelNames: ['job', 'outcome'],
      registers,
    });
    const age = new Gauge({
      name: 'mini_compete_queue_age_seconds',
      help: 'Since when the oldest unsettled job of a queue waits.',
      labelNames: ['queue'],
      registers,
    });
    new Gauge({
      name: 'mini_compete_queue_depth',
      help: 'Jobs of a queue that are not settled yet.',
      labelNames: ['queue'],
      registers,
      async collect() {
        const { rows } = await pool.query<{ queue: string; depth: number; age: number }>(DEPTH);
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

const DEPTH = `
  SELECT queue, count(*)::int AS depth, extract(epoch FROM now() - min(created_at))::float AS age
  FROM outbox WHERE settled_at IS NULL GROUP BY queue`;
