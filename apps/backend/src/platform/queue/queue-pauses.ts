import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { QueueName } from '../../registry/jobs.js';
import { POOL } from '../database/pool.js';

/** Shown in the console: why a queue stands still and when it is tried again. Each worker keeps its own time. */
@Injectable()
export class QueuePauses {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async note(queue: QueueName, reason: string, resumesAt: Date): Promise<void> {
    await this.pool
      .query(
        `INSERT INTO queue_rests (queue, reason, resumes_at) VALUES ($1, $2, $3)
         ON CONFLICT (queue) DO UPDATE SET reason = excluded.reason, resumes_at = excluded.resumes_at`,
        [queue, reason.slice(0, 500), resumesAt],
      )
      // It is the database that may be away.
      .catch(() => {});
  }

  async clear(queue: QueueName): Promise<void> {
    await this.pool.query('DELETE FROM queue_rests WHERE queue = $1', [queue]).catch(() => {});
  }
}
