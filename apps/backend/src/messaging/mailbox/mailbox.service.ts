import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import type { MailboxMessage, MailboxPage, MailboxQuery } from '@mini-compete/shared/mailbox';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { POOL } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageOfRows } from '../../platform/pagination/page-of-rows.js';

const Position = z.strictObject({ id: z.uuid() });

const COLUMNS = `
  id, kind, title, text, competition_id AS "competitionId", iso_instant(created_at) AS "createdAt",
  iso_instant(read_at) AS "readAt", lower(delivery::text) AS delivery, iso_instant(sending_at) AS "sendingAt",
  iso_instant(sent_at) AS "sentAt"`;

type Row = MailboxMessage;

/** What a person has been told. Another person's message does not exist. */
@Injectable()
export class MailboxService {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** Newest first. */
  async list(userId: string, { cursor, limit, unread }: MailboxQuery): Promise<MailboxPage> {
    const after = decodeCursor(Position, cursor)?.id ?? null;
    const [{ rows }, { rows: counts }] = await Promise.all([
      this.pool.query<Row>({
        name: `mailbox_${unread ?? 'all'}`,
        text: LIST[wanted(unread)],
        values: [userId, after, limit + 1],
      }),
      this.pool.query<{ total: number; unread: number }>({
        name: `mailbox_count_${unread ?? 'all'}`,
        text: COUNT[wanted(unread)],
        values: [userId],
      }),
    ]);
    const [{ total, unread: unreadCount } = { total: 0, unread: 0 }] = counts;
    return { ...pageOfRows(rows, limit, total), unread: unreadCount };
  }

  async get(userId: string, id: string): Promise<MailboxMessage> {
    const { rows } = await this.pool.query<Row>(
      `SELECT ${COLUMNS} FROM mailbox_messages WHERE id = $1 AND user_id = $2`,
      [id, userId],
    );
    return found(rows);
  }

  /** Read at the time it was read first. */
  async mark(userId: string, id: string, read: boolean): Promise<MailboxMessage> {
    const { rows } = await this.pool.query<Row>(
      `UPDATE mailbox_messages SET read_at = CASE WHEN $3 THEN coalesce(read_at, now()) END
       WHERE id = $1 AND user_id = $2
       RETURNING ${COLUMNS}`,
      [id, userId, read],
    );
    return found(rows);
  }
}

function found([row]: readonly Row[]): MailboxMessage {
  if (row === undefined) throw new DomainError('MESSAGE_NOT_FOUND');
  return row;
}

type Wanted = 'all' | 'unread' | 'read';
const wanted = (unread: boolean | undefined): Wanted => (unread === undefined ? 'all' : unread ? 'unread' : 'read');

const WHICH: Record<Wanted, string> = { all: 'true', unread: 'read_at IS NULL', read: 'read_at IS NOT NULL' };

const each = (statement: (which: string) => string): Record<Wanted, string> => ({
  all: statement(WHICH.all),
  unread: statement(WHICH.unread),
  read: statement(WHICH.read),
});

const LIST = each(
  (which) => `
  SELECT ${COLUMNS} FROM mailbox_messages
  WHERE user_id = $1 AND ${which} AND ($2::uuid IS NULL OR id < $2)
  ORDER BY id DESC LIMIT $3`,
);

const COUNT = each(
  (which) => `
  SELECT (SELECT count(*)::int FROM (
            SELECT FROM mailbox_messages WHERE user_id = $1 AND ${which} LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}) m) AS total,
         (SELECT count(*)::int FROM mailbox_messages WHERE user_id = $1 AND read_at IS NULL) AS unread`,
);
