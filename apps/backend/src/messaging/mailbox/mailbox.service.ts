import { TOTAL_IS_EXACT_UP_TO } from '@mini-compete/shared/common';
import type { MailboxMessage, MailboxPage, MailboxQuery } from '@mini-compete/shared/mailbox';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageOfRows } from '../../platform/pagination/page.js';
import { messagePath } from '../templates/message-path.js';

const Position = z.strictObject({ id: z.uuid() });

const COLUMNS = `
  id, kind, about_id AS "aboutId", language, title, text, html, competition_id AS "competitionId", iso_instant(created_at) AS "createdAt",
  iso_instant(read_at) AS "readAt", lower(delivery::text) AS delivery, iso_instant(sending_at) AS "sendingAt",
  iso_instant(sent_at) AS "sentAt",
  kind IN ('HELD', 'HOLD_ENDING') AND EXISTS (
    SELECT FROM registrations r JOIN teams t ON t.id = r.team_id
    WHERE r.id = mailbox_messages.about_id AND t.captain_id <> mailbox_messages.user_id
  ) AS "isForCaptain"`;

type Row = Omit<MailboxMessage, 'path'> & { readonly aboutId: string };

/** The messages of one person. Those of another person are reported as not found. */
@Injectable()
export class MailboxService {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Pick<Env, 'jwtSecret'>,
  ) {}

  /** Newest first. */
  async list(userId: string, { cursor, limit, unread }: MailboxQuery): Promise<MailboxPage> {
    const after = decodeCursor(Position, cursor)?.id ?? null;
    const [{ rows }, { rows: counts }] = await Promise.all([
      this.pool.query<Row>({
        name: `mailbox_${unread ?? 'all'}`,
        text: LIST[filterOf(unread)],
        values: [userId, after, limit + 1],
      }),
      this.pool.query<{ total: number; unread: number }>({
        name: `mailbox_count_${unread ?? 'all'}`,
        text: COUNT[filterOf(unread)],
        values: [userId],
      }),
    ]);
    const [{ total, unread: unreadCount } = { total: 0, unread: 0 }] = counts;
    const { items, ...page } = pageOfRows(rows, limit, total);
    return { ...page, items: items.map((row) => this.toMessage(row)), unread: unreadCount };
  }

  async get(userId: string, id: string): Promise<MailboxMessage> {
    const { rows } = await this.pool.query<Row>(
      `SELECT ${COLUMNS} FROM mailbox_messages WHERE id = $1 AND user_id = $2`,
      [id, userId],
    );
    return this.toMessage(ensureFound(rows));
  }

  /** A message that is marked as read again keeps the time at which it was first read. */
  async mark(userId: string, id: string, read: boolean): Promise<MailboxMessage> {
    const { rows } = await this.pool.query<Row>(
      `UPDATE mailbox_messages SET read_at = CASE WHEN $3 THEN coalesce(read_at, now()) END
       WHERE id = $1 AND user_id = $2
       RETURNING ${COLUMNS}`,
      [id, userId, read],
    );
    return this.toMessage(ensureFound(rows));
  }

  private toMessage({ aboutId, ...message }: Row): MailboxMessage {
    return { ...message, path: messagePath({ ...message, aboutId }, this.env.jwtSecret) };
  }
}

function ensureFound([row]: readonly Row[]): Row {
  if (row === undefined) throw new DomainError('MESSAGE_NOT_FOUND');
  return row;
}

type Filter = 'all' | 'unread' | 'read';
const filterOf = (unread: boolean | undefined): Filter => (unread === undefined ? 'all' : unread ? 'unread' : 'read');

/** One statement for each filter: a parameter would rule out the partial index of unread messages. */
const forEachFilter = (statement: (condition: string) => string): Record<Filter, string> => ({
  all: statement('true'),
  unread: statement('read_at IS NULL'),
  read: statement('read_at IS NOT NULL'),
});

const LIST = forEachFilter(
  (condition) => `
  SELECT ${COLUMNS} FROM mailbox_messages
  WHERE user_id = $1 AND ${condition} AND ($2::uuid IS NULL OR id < $2)
  ORDER BY id DESC LIMIT $3`,
);

const COUNT = forEachFilter(
  (condition) => `
  SELECT (SELECT count(*)::int FROM (
            SELECT FROM mailbox_messages WHERE user_id = $1 AND ${condition} LIMIT ${TOTAL_IS_EXACT_UP_TO + 1}) m) AS total,
         (SELECT count(*)::int FROM mailbox_messages WHERE user_id = $1 AND read_at IS NULL) AS unread`,
);
