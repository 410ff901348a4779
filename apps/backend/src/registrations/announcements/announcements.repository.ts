import type {
  Announcement,
  AnnouncementPage,
  DeliveryCounts,
  RecipientPage,
  RecipientsQuery,
} from '@mini-compete/shared/announcements';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { POOL } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { decodeCursor, encodeCursor } from '../../platform/pagination/cursor.js';
import { pageOfRows } from '../../platform/pagination/page.js';
import { MESSAGE_OF_RECIPIENT, SUMMARY_COLUMNS } from './announcement.sql.js';
import { htmlOf } from './fill-in.js';

const AfterId = z.strictObject({ id: z.uuid() });
const AfterPosition = z.strictObject({ position: z.int() });
const NO_DELIVERIES: DeliveryCounts = { mailbox: 0, queued: 0, sending: 0, sent: 0, failed: 0, unknown: 0 };

type Summary = AnnouncementPage['items'][number];
type Recipient = RecipientPage['items'][number] & { readonly position: number };

/** What the staff reads about announcements. */
@Injectable()
export class AnnouncementsRepository {
  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** Newest first. */
  async list(
    competitionId: string,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
  ): Promise<AnnouncementPage> {
    const after = decodeCursor(AfterId, cursor)?.id ?? null;
    const [{ rows }, { rows: counts }] = await Promise.all([
      this.pool.query<Summary>({ name: 'announcements', text: LIST, values: [competitionId, after, limit + 1] }),
      this.pool.query<{ total: number }>({ name: 'count_announcements', text: COUNT, values: [competitionId] }),
    ]);
    return pageOfRows(rows, limit, counts[0]?.total ?? 0);
  }

  async get(competitionId: string, id: string): Promise<Announcement> {
    const { rows } = await this.pool.query<Summary & Pick<Announcement, 'body' | 'teams'>>({
      name: 'announcement',
      text: ONE,
      values: [competitionId, id],
    });
    const [announcement] = rows;
    if (announcement === undefined) throw new DomainError('ANNOUNCEMENT_NOT_FOUND');
    const deliveries = announcement.progress === null ? null : await this.countDeliveries(id);
    const isGoingOut =
      announcement.state === 'SENDING' || (announcement.state === 'SENT' && (deliveries?.queued ?? 0) > 0);
    return { ...announcement, html: htmlOf(announcement.body), deliveries, canStop: isGoingOut };
  }

  /** In the order in which they are written. */
  async listRecipients(id: string, { cursor, limit, delivery }: RecipientsQuery): Promise<RecipientPage> {
    const after = decodeCursor(AfterPosition, cursor)?.position ?? 0;
    const values = [id, after, delivery?.toUpperCase() ?? null, limit + 1];
    const [{ rows }, counts] = await Promise.all([
      this.pool.query<Recipient>({ name: 'announcement_recipients', text: RECIPIENTS, values }),
      this.countDeliveries(id),
    ]);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(({ position, ...recipient }) => recipient),
      nextCursor: rows.length > limit && last ? encodeCursor({ position: last.position }) : null,
      total: delivery === undefined ? null : counts[delivery],
    };
  }

  private async countDeliveries(id: string): Promise<DeliveryCounts> {
    const { rows } = await this.pool.query<{ delivery: keyof DeliveryCounts; n: number }>({
      name: 'announcement_deliveries',
      text: DELIVERIES,
      values: [id],
    });
    return { ...NO_DELIVERIES, ...Object.fromEntries(rows.map(({ delivery, n }) => [delivery, n])) };
  }
}

const LIST = `
  SELECT ${SUMMARY_COLUMNS} FROM announcements a
  WHERE a.competition_id = $1 AND ($2::uuid IS NULL OR a.id < $2)
  ORDER BY a.id DESC LIMIT $3`;

const COUNT = 'SELECT count(*)::int AS total FROM announcements WHERE competition_id = $1';

const ONE = `
  SELECT ${SUMMARY_COLUMNS}, a.body, (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) ORDER BY t.name, t.id), '[]') FROM teams t
    WHERE t.competition_id = a.competition_id AND t.ended_at IS NULL AND a.audience->'teams' ? t.id::text
  ) AS teams
  FROM announcements a WHERE a.competition_id = $1 AND a.id = $2`;

const DELIVERIES = `
  SELECT lower(m.delivery::text) AS delivery, count(*)::int AS n
  FROM announcement_recipients r, ${MESSAGE_OF_RECIPIENT}
  WHERE r.announcement_id = $1
  GROUP BY m.delivery`;

const RECIPIENTS = `
  SELECT r.position, r.registration_id AS "registrationId", nullif(u.name, '') AS name, lower(m.delivery::text) AS delivery,
         b.user_id IS NOT NULL AS "isBounced"
  FROM announcement_recipients r
  LEFT JOIN users u ON u.id = r.user_id
  LEFT JOIN bounced_addresses b ON b.user_id = u.id AND b.email = u.email
  LEFT JOIN ${MESSAGE_OF_RECIPIENT} ON true
  WHERE r.announcement_id = $1 AND r.position > $2 AND ($3::"Delivery" IS NULL OR m.delivery = $3::"Delivery")
  ORDER BY r.position LIMIT $4`;
