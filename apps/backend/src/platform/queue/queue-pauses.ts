import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { QueueName } from '../../registry/jobs.js';
import { POOL } from '../database/pool.js';

/**
 * For the console only: why a queue is paused and until when. Workers do not read it; each one pauses on its own. Never
 * throws, because an unavailable database may be the reason for the pause.
 */
@Injectable()
export class QueuePauses {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async record(queue: QueueName, reason: string, resumesAt: Date): Promise<void> {
    await this.pool
      .query(
        `INSERT INTO queue_rests (queue, reason, resumes_at) VALUES ($1, $2, $3)
         ON CONFLICT (queue) DO UPDATE SET reason = excluded.reason, resumes_at = excluded.resumes_at`,
        [queue, reason.slice(0, 500), resumesAt],
      )
      .catch(() => {});
  }

  async clear(queue: QueueName): Promise<void> {
    await this.pool.query('DELETE FROM queue_rests WHERE queue = $1', [queue]).catch(() => {});
  }
}
