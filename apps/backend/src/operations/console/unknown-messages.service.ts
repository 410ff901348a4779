import type { AdminPageQuery, SettledJobs, UnknownMessage, UnknownMessagePage } from '@mini-compete/shared/admin';
import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { writeAudit } from '../../platform/audit/audit.js';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageOfRows } from '../../platform/pagination/page.js';
import { Outbox } from '../../platform/queue/outbox.js';

const Position = z.strictObject({ id: z.uuid() });

/**
 * Messages with delivery UNKNOWN: during the body, the worker died or the connection broke. An admin finds out from the
 * recipient or the mail server's log whether they arrived.
 */
@Injectable()
export class UnknownMessages {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly prisma: PrismaService,
    private readonly outbox: Outbox,
  ) {}

  async list({ cursor, limit }: AdminPageQuery): Promise<UnknownMessagePage> {
    const after = decodeCursor(Position, cursor)?.id ?? null;
    const { rows } = await this.pool.query<UnknownMessage>(
      `SELECT m.id, m.kind, m.title, u.email AS recipient, iso_instant(m.sending_at) AS "sendingAt"
       FROM mailbox_messages m JOIN users u ON u.id = m.user_id
       WHERE m.delivery = 'UNKNOWN' AND ($1::uuid IS NULL OR m.id < $1)
       ORDER BY m.id DESC LIMIT $2`,
      [after, limit + 1],
    );
    const { rows: counted } = await this.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (
         SELECT FROM mailbox_messages WHERE delivery = 'UNKNOWN' LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}) m`,
    );
    return pageOfRows(rows, limit, counted[0]?.n ?? 0);
  }

  /** Marks the message as sent, or sends it again. Compare and set: of two concurrent requests one succeeds. */
  async settle(id: string, as: 'sent' | 'resend', actorId: string): Promise<SettledJobs> {
    await this.prisma.$transaction(async (tx) => {
      const settled = await tx.mailboxMessage.updateMany({
        where: { id, delivery: 'UNKNOWN' },
        data: as === 'sent' ? { delivery: 'SENT' } : { delivery: 'QUEUED', sendingAt: null },
      });
      if (settled.count === 0) {
        const known = await tx.mailboxMessage.findUnique({ where: { id }, select: { sendingAt: true } });
        throw new DomainError(known === null ? 'MESSAGE_NOT_FOUND' : 'JOB_SETTLED');
      }
      if (as === 'resend') await this.outbox.add(tx, 'send', { messageId: id });
      const action = `message.${as === 'sent' ? 'taken-as-sent' : 'resent'}`;
      await writeAudit(tx, { actorId, action, subjectId: id });
    });
    return { settled: 1 };
  }
}
