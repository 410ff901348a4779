import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type pg from 'pg';
import { migrationNames } from './migrations.js';
import { POOL } from './pool.js';

export const OLDEST_SERVER = 180_000;
const AGAIN_AFTER_MS = 1_000;

/** A server on which the promises of this program do not hold. */
export class UnsupportedDatabase extends Error {
  override readonly name = 'UnfitDatabase';
}

/**
 * Whether the database is there, fit and migrated. PostgreSQL absent at start is no reason to end:
 * it is tried again until it is there. An unfit one is.
 */
@Injectable()
export class DatabaseState implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Database');
  private checkedFit = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async onApplicationBootstrap(): Promise<void> {
    try {
      await ensureSupported(this.pool);
      this.checkedFit = true;
    } catch (error) {
      if (error instanceof UnsupportedDatabase) throw error;
      this.logger.warn(`PostgreSQL does not answer (${reason(error)}); trying again until it does`);
      this.tryAgain();
    }
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** What stands in the way of being ready, or null. */
  async notReadyReason(): Promise<string | null> {
    if (!this.checkedFit) return 'PostgreSQL has not answered yet';
    try {
      const missing = await missingMigrations(this.pool);
      return missing.length === 0 ? null : `migrations are missing: ${missing.join(', ')}`;
    } catch (error) {
      return `PostgreSQL does not answer (${reason(error)})`;
    }
  }

  private tryAgain(): void {
    this.timer = setTimeout(async () => {
      try {
        await ensureSupported(this.pool);
        this.checkedFit = true;
        this.logger.log('PostgreSQL answers');
      } catch (error) {
        if (this.stopped) return;
        // Thrown out of a timer it ends the process, as the same does at start.
        if (error instanceof UnsupportedDatabase) throw error;
        this.tryAgain();
      }
    }, AGAIN_AFTER_MS);
  }
}

export async function ensureSupported(database: pg.Pool): Promise<void> {
  const { rows } = await database.query<{ version: string; version_num: string; commit: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS version_num,
            current_setting('synchronous_commit') AS commit`,
  );
  const [{ version, version_num, commit }] = rows as [(typeof rows)[number]];
  if (Number(version_num) < OLDEST_SERVER)
    throw new UnsupportedDatabase(
      `PostgreSQL 18 or later is needed (keys are uuidv7()); DATABASE_URL leads to ${version}.`,
    );
  // Off, a 201 could be lost with the server's power; nothing above would notice.
  if (commit === 'off' || commit === 'local')
    throw new UnsupportedDatabase(
      `synchronous_commit is "${commit}" on this PostgreSQL; it has to be on, or a registration that was confirmed can be lost.`,
    );
}

async function missingMigrations(database: pg.Pool): Promise<string[]> {
  const { rows } = await database.query<{ migration_name: string }>({
    name: 'applied_migrations',
    text: 'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  });
  const applied = new Set(rows.map((row) => row.migration_name));
  return EXPECTED.filter((name) => !applied.has(name));
}

/** A newer database than this program is fine, an older one is not. */
const EXPECTED = migrationNames();

const reason = (error: unknown) => (error as { code?: string }).code ?? (error as Error).message;
