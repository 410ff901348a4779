import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type pg from 'pg';
import type { TimedQuery } from './connection.js';
import { migrationNames } from './migrations.js';
import { POOL } from './pool.js';

const MIN_SERVER_VERSION = 180_000;
const RETRY_DELAY_MS = 1_000;
/** A load balancer has to learn quickly that the database is silent; these queries take milliseconds. */
const ANSWER_TIMEOUT_MS = 1_000;

/** A server on which the guarantees of the product do not hold. */
export class UnsupportedDatabase extends Error {
  override readonly name = 'UnsupportedDatabase';
}

/**
 * Whether the database is reachable, supported and migrated. A process that starts while PostgreSQL is unreachable
 * retries until it answers. An unsupported PostgreSQL ends the process.
 */
@Injectable()
export class DatabaseState implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Database');
  private isSupported = false;
  private isStopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async onApplicationBootstrap(): Promise<void> {
    try {
      await ensureSupported(this.pool);
      this.isSupported = true;
    } catch (error) {
      if (error instanceof UnsupportedDatabase) throw error;
      this.logger.warn(`PostgreSQL does not answer (${reason(error)}); retrying until it does`);
      this.retry();
    }
  }

  onModuleDestroy(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** Why the database cannot be used yet, or null. */
  async notReadyReason(): Promise<string | null> {
    if (!this.isSupported) return 'PostgreSQL has not answered yet';
    try {
      const missing = await missingMigrations(this.pool);
      return missing.length === 0 ? null : `migrations are missing: ${missing.join(', ')}`;
    } catch (error) {
      return `PostgreSQL does not answer (${reason(error)})`;
    }
  }

  private retry(): void {
    this.timer = setTimeout(async () => {
      try {
        await ensureSupported(this.pool);
        this.isSupported = true;
        this.logger.log('PostgreSQL answers');
      } catch (error) {
        if (this.isStopped) return;
        // Thrown in a timer it ends the process, as it does at start.
        if (error instanceof UnsupportedDatabase) throw error;
        this.retry();
      }
    }, RETRY_DELAY_MS);
  }
}

export async function ensureSupported(database: pg.Pool): Promise<void> {
  const query: TimedQuery = {
    text: `SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS version_num,
                  current_setting('synchronous_commit') AS commit, current_setting('TimeZone') AS zone`,
    query_timeout: ANSWER_TIMEOUT_MS,
  };
  const { rows } = await database.query<Record<'version' | 'version_num' | 'commit' | 'zone', string>>(query);
  const [{ version, version_num, commit, zone }] = rows as [(typeof rows)[number]];
  if (Number(version_num) < MIN_SERVER_VERSION)
    throw new UnsupportedDatabase(
      `PostgreSQL 18 or later is required (for uuidv7()); DATABASE_URL points to ${version}.`,
    );
  // Otherwise a power cut could lose a registration whose 201 was already sent, and nothing would notice.
  if (commit === 'off' || commit === 'local')
    throw new UnsupportedDatabase(
      `synchronous_commit is "${commit}" on this PostgreSQL; it has to be on, or a registration that was confirmed can be lost.`,
    );
  // With another one, stored deadlines are off by the offset.
  if (zone !== 'UTC')
    throw new UnsupportedDatabase(
      `The time zone of connections to DATABASE_URL is "${zone}" although this process asks for UTC: a connection pooler in between ignores its startup parameters. Run: ALTER DATABASE … SET timezone = 'UTC'`,
    );
}

async function missingMigrations(database: pg.Pool): Promise<string[]> {
  const query: TimedQuery = {
    name: 'applied_migrations',
    text: 'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    query_timeout: ANSWER_TIMEOUT_MS,
  };
  const { rows } = await database.query<{ migration_name: string }>(query);
  const applied = new Set(rows.map((row) => row.migration_name));
  return EXPECTED.filter((name) => !applied.has(name));
}

/** A database with further, newer migrations is accepted, one that lacks any of these is not. */
const EXPECTED = migrationNames();

const reason = (error: unknown) => (error as { code?: string }).code ?? (error as Error).message;
