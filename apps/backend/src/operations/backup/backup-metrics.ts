import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Gauge } from 'prom-client';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { readForMetrics } from '../../platform/metrics/collect.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { METRICS } from '../../registry/metrics.js';

/** When the last good backup was made, so that an alert notices when there are none anymore. */
@Injectable()
export class BackupMetrics {
  constructor(
    metrics: Metrics,
    @Inject(POOL) pool: pg.Pool,
    @Inject(ENV) { backupSchedule }: Pick<Env, 'backupSchedule'>,
  ) {
    // Where another program makes the backups, 0 would be a false alert.
    if (backupSchedule === null) return;
    const gauge = new Gauge({
      ...METRICS.lastBackup,
      registers: [metrics.registry],
      collect: async () => {
        const result = await readForMetrics('backups', () => pool.query<{ seconds: number }>(LAST_BACKUP));
        // A reset gauge without labels would be 0, which means never.
        if (result === null) gauge.remove();
        else gauge.set(result.rows[0]?.seconds ?? 0);
      },
    });
  }
}

/** The start of the run, since its snapshot is as old. */
const LAST_BACKUP = `
  SELECT coalesce(extract(epoch FROM max(started_at)), 0)::float AS seconds
  FROM scheduled_runs WHERE name = 'backup' AND finished_at IS NOT NULL AND outcome NOT LIKE 'failed%'`;
