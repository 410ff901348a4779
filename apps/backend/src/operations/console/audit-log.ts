import type { AdminPageQuery, AuditEntry, AuditPage } from '@mini-compete/shared/admin';
import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { POOL } from '../../platform/database/pool.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageOfRows } from '../../platform/pagination/page.js';

const Position = z.strictObject({ id: z.string().regex(/^\d{1,18}$/) });

/** Lists the audit entries, newest first. */
@Injectable()
export class AuditLog {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async list({ cursor, limit }: AdminPageQuery): Promise<AuditPage> {
    const { rows } = await this.pool.query<AuditEntry>(
      `SELECT a.id::text, iso_instant(a.at) AS at, u.email AS actor, a.action, a.subject_id AS subject, a.details
       FROM audit_entries a LEFT JOIN users u ON u.id = a.actor_id
       WHERE $1::bigint IS NULL OR a.id < $1
       ORDER BY a.id DESC LIMIT $2`,
      [decodeCursor(Position, cursor)?.id ?? null, limit + 1],
    );
    const { rows: counted } = await this.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT FROM audit_entries LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}) a`,
    );
    return pageOfRows(rows, limit, counted[0]?.n ?? 0);
  }
}
