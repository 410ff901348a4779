import type { AccountExport } from '@mini-compete/shared/privacy';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Outbox } from '../../platform/queue/outbox.js';

const DAYS = 7;

/** Exports of a person's data: a job writes the file, which can be downloaded for a week. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly prisma: PrismaService,
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly outbox: Outbox,
  ) {}

  async status(userId: string): Promise<AccountExport> {
    const { rows } = await this.pool.query<AccountExport>(
      `SELECT CASE WHEN content IS NULL THEN 'running' ELSE 'ready' END AS state,
              iso_instant(requested_at) AS "requestedAt", iso_instant(expires_at) AS "expiresAt"
       FROM account_exports WHERE user_id = $1 AND expires_at > now()`,
      [userId],
    );
    return rows[0] ?? { state: 'none', requestedAt: null, expiresAt: null };
  }

  /** Replaces the last export. While one is running, it is not requested again. */
  async request(userId: string): Promise<AccountExport> {
    await this.prisma.$transaction(async (tx) => {
      // They cannot render the message about it.
      await ensureNoOlderServers(tx);
      const [requested] = await tx.$queryRaw<{ id: string }[]>`
        INSERT INTO account_exports AS e (user_id, expires_at)
        VALUES (${userId}::uuid, now() + ${`${DAYS} days`}::interval)
        ON CONFLICT (user_id) DO UPDATE
          SET id = excluded.id, requested_at = now(), finished_at = NULL, content = NULL, expires_at = excluded.expires_at
          WHERE e.content IS NOT NULL OR e.expires_at <= now()
        RETURNING id`;
      if (requested !== undefined) await this.outbox.add(tx, 'export', { exportId: requested.id });
    });
    return this.status(userId);
  }

  async file(userId: string): Promise<string> {
    const { rows } = await this.pool.query<{ content: string }>(
      'SELECT content FROM account_exports WHERE user_id = $1 AND content IS NOT NULL AND expires_at > now()',
      [userId],
    );
    const [row] = rows;
    if (row === undefined) throw new DomainError('EXPORT_NOT_FOUND');
    return row.content;
  }
}
