import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type pg from 'pg';
import { Gauge } from 'prom-client';
import { METRICS } from '../../registry/metrics.js';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import type { TimedQuery } from '../database/connection.js';
import { POOL } from '../database/pool.js';
import { isDiskFull } from '../errors/database-errors.js';
import { Metrics } from '../metrics/metrics.js';

const INTERVAL_MS = 5_000;
/** Longer than clients wait before they try again. */
const DISK_FULL_MS = 15_000;

interface Durability {
  readonly commit: string;
  readonly statementTimeout: string;
  /** Null when the role may not see the state of standbys. */
  readonly standbys: number | null;
}

/**
 * What weakens the guarantees of the product without making it unusable: in the log when it begins and ends, and in
 * /health/ready. Looked at regularly, because a standby can fail and settings can change while processes run.
 */
@Injectable()
export class DatabaseWarnings implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Database');
  private current: readonly string[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly standbys: Gauge;
  private diskFullAt = Number.NEGATIVE_INFINITY;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Env,
    { registry }: Metrics,
  ) {
    this.standbys = new Gauge({ ...METRICS.synchronousStandbys, registers: [registry] });
    new Gauge({ ...METRICS.promisedStandbys, registers: [registry] }).set(env.synchronousStandbys);
  }

  get list(): readonly string[] {
    return this.current;
  }

  /** Of a request. What only reads does not find out that the disk is full. */
  noticeFailure(error: unknown): void {
    if (isDiskFull(error)) this.diskFullAt = performance.now();
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.refresh();
    this.timer = setInterval(() => this.refresh(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Without an answer nothing is known, and readiness says that there is none. */
  private async refresh(): Promise<void> {
    const durability = await readDurability(this.pool).catch(() => null);
    if (durability === null || durability.standbys === null) this.standbys.remove();
    else this.standbys.set(durability.standbys);
    if (durability === null) return;
    const warnings = warningsOf(durability, this.env.synchronousStandbys);
    if (performance.now() - this.diskFullAt < DISK_FULL_MS)
      warnings.push('The disk of PostgreSQL is full: it refuses what has to be written.');
    for (const warning of warnings) if (!this.current.includes(warning)) this.logger.warn(warning);
    for (const warning of this.current) if (!warnings.includes(warning)) this.logger.log(`Not any more: ${warning}`);
    this.current = warnings;
  }
}

/** The `sync_state` of standbys is NULL for roles without pg_read_all_stats. */
async function readDurability(pool: pg.Pool): Promise<Durability> {
  const query: TimedQuery = {
    name: 'durability',
    text: `SELECT current_setting('synchronous_commit') AS commit, current_setting('statement_timeout') AS timeout,
                  count(*) FILTER (WHERE sync_state IN ('sync', 'quorum'))::int AS standbys,
                  count(*) FILTER (WHERE sync_state IS NULL)::int AS hidden
           FROM pg_stat_replication`,
    query_timeout: 1_000,
  };
  const { rows } = await pool.query<{ commit: string; timeout: string; standbys: number; hidden: number }>(query);
  const [{ commit, timeout, standbys, hidden }] = rows as [(typeof rows)[number]];
  return { commit, statementTimeout: timeout, standbys: hidden > 0 ? null : standbys };
}

export function warningsOf({ commit, statementTimeout, standbys }: Durability, promised: number): string[] {
  const warnings: string[] = [];
  if (statementTimeout === '0')
    warnings.push(
      'A connection pooler ignores statement_timeout, so PostgreSQL never ends a query that nobody waits for. For PgBouncer, set it by connect_query.',
    );
  if (promised === 0) return warnings;
  if (commit !== 'on' && commit !== 'remote_apply')
    warnings.push(
      `synchronous_commit is "${commit}": a standby may lose a confirmed registration. DATABASE_SYNCHRONOUS_STANDBYS needs on or remote_apply.`,
    );
  if (standbys === null)
    warnings.push(
      'The role of DATABASE_URL may not see the state of standbys, so DATABASE_SYNCHRONOUS_STANDBYS cannot be compared. Run: GRANT pg_monitor TO …',
    );
  else if (standbys < promised)
    warnings.push(
      `PostgreSQL has ${standbys} of ${promised} synchronous standbys: a confirmed registration can be lost with the primary.`,
    );
  return warnings;
}
