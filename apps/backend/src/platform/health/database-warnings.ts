import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type pg from 'pg';
import { Gauge } from 'prom-client';
import { METRICS } from '../../registry/metrics.js';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import type { TimedQuery } from '../database/connection.js';
import { DiskFull } from '../database/disk-full.js';
import { createPool, POOL } from '../database/pool.js';
import { Metrics } from '../metrics/metrics.js';

const INTERVAL_MS = 5_000;
/** Until writes are refused, each one that waits keeps a connection. */
const INTERVAL_WITH_STANDBYS_MS = 1_000;

interface Durability {
  readonly commit: string;
  readonly statementTimeout: string;
  /** Null when the role may not see the state of standbys. */
  readonly standbys: number | null;
}

interface Look extends Durability {
  /** The commits, of any process, that wait for a standby now. */
  readonly waiting: readonly string[];
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
  /** With standbys a connection of its own: while commits wait, they use up those of the pool. */
  private readonly ownPool: pg.Pool | null;
  private waiting: readonly string[] = [];
  private isWaiting = false;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Env,
    private readonly diskFull: DiskFull,
    { registry }: Metrics,
  ) {
    this.ownPool = env.synchronousStandbys > 0 ? createPool(env, 'standbys', { max: 1 }) : null;
    this.standbys = new Gauge({ ...METRICS.synchronousStandbys, registers: [registry] });
    new Gauge({ ...METRICS.promisedStandbys, registers: [registry] }).set(env.synchronousStandbys);
  }

  get list(): readonly string[] {
    return this.current;
  }

  /**
   * Whether commits wait because there is no standby. Nothing ends such a wait: no timeout of PostgreSQL, and not the end
   * of the connection. Its backend stays, so every further write would take one more of `max_connections`.
   */
  get commitsWait(): boolean {
    return this.isWaiting;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.refresh();
    const interval = this.ownPool === null ? INTERVAL_MS : INTERVAL_WITH_STANDBYS_MS;
    this.timer = setInterval(() => this.refresh(), interval).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.ownPool?.end();
  }

  /** Without an answer nothing is known, and readiness says that there is none. */
  private async refresh(): Promise<void> {
    const look = await lookAt(this.ownPool ?? this.pool).catch(() => null);
    if (look === null || look.standbys === null) this.standbys.remove();
    else this.standbys.set(look.standbys);
    if (look === null) return;
    // Every commit waits for a moment: one that still does a look later waits for a standby that is not there.
    this.isWaiting = this.ownPool !== null && look.waiting.some((commit) => this.waiting.includes(commit));
    this.waiting = look.waiting;
    const warnings = warningsOf(look, this.env.synchronousStandbys);
    if (this.isWaiting)
      warnings.push('Commits wait for a synchronous standby. Requests that write are refused until there is one.');
    if (this.diskFull.isRecent) warnings.push('The disk of PostgreSQL is full: it refuses what has to be written.');
    for (const warning of warnings) if (!this.current.includes(warning)) this.logger.warn(warning);
    for (const warning of this.current) if (!warnings.includes(warning)) this.logger.log(`Not any more: ${warning}`);
    this.current = warnings;
  }
}

/** The `sync_state` of standbys is NULL for roles without pg_read_all_stats. */
async function lookAt(pool: pg.Pool): Promise<Look> {
  const query: TimedQuery = {
    name: 'durability',
    text: `SELECT current_setting('synchronous_commit') AS commit, current_setting('statement_timeout') AS timeout,
                  count(*) FILTER (WHERE sync_state IN ('sync', 'quorum'))::int AS standbys,
                  count(*) FILTER (WHERE sync_state IS NULL)::int AS hidden,
                  ARRAY(SELECT pid || ' ' || query_start FROM pg_stat_activity WHERE wait_event = 'SyncRep') AS waiting
           FROM pg_stat_replication`,
    query_timeout: 1_000,
  };
  type Row = { commit: string; timeout: string; standbys: number; hidden: number; waiting: string[] };
  const { rows } = await pool.query<Row>(query);
  const [{ commit, timeout, standbys, hidden, waiting }] = rows as [Row];
  const visible = hidden > 0 ? null : standbys;
  return { commit, statementTimeout: timeout, standbys: visible, waiting };
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
