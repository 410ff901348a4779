import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type pg from 'pg';
import { POOL } from '../database/pool.js';

const INTERVAL_MS = 5_000;

/** Writes into the database that this worker is alive; the console warns when no worker is. */
@Injectable()
export class Heartbeat implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly worker = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  onApplicationBootstrap(): void {
    this.beat();
    this.timer = setInterval(() => this.beat(), INTERVAL_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.pool.query('DELETE FROM worker_heartbeats WHERE worker = $1', [this.worker]).catch(() => {});
  }

  private beat(): void {
    this.pool
      .query(`INSERT INTO worker_heartbeats (worker) VALUES ($1) ON CONFLICT (worker) DO UPDATE SET seen_at = now()`, [
        this.worker,
      ])
      // Readiness reports an unavailable database, and the next beat follows.
      .catch(() => {});
  }
}
