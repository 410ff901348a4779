import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import { reminder } from '../../messaging/templates/message-texts.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { type JobHandlers, scheduled, transactional } from '../../platform/queue/handler.js';
import { enqueueSql, Outbox } from '../../platform/queue/outbox.js';
import { IS_SEATED } from '../../registry/registration-statuses.js';

interface SeatedRegistration {
  userId: string;
  competitionId: string;
  title: string;
  startDate: Date;
  endDate: Date | null;
  location: string | null;
}

/** One reminder per seated registration and start date, however often and on however many workers the job runs. */
@Injectable()
export class ReminderJobs implements JobHandlers {
  readonly handlers;

  constructor(@Inject(POOL) pool: pg.Pool, prisma: PrismaService, messages: MessageSender, outbox: Outbox) {
    this.handlers = [
      scheduled(pool, 'reminders', async () => {
        const { rowCount } = await pool.query(ENQUEUE);
        if (rowCount) outbox.wake();
        return `${rowCount ?? 0} enqueued`;
      }),

      transactional(prisma, 'notify', async (tx, { registrationId, startDate }) => {
        // The person may have left, or the date may have changed, since the job was enqueued.
        const [registration] = await tx.$queryRaw<SeatedRegistration[]>`
          SELECT r.user_id AS "userId", c.id AS "competitionId", c.title, c.start_date AS "startDate",
                 c.end_date AS "endDate", c.location
          FROM registrations r JOIN competitions c ON c.id = r.competition_id
          WHERE r.id = ${registrationId}::uuid AND r.status ${Prisma.raw(IS_SEATED)}
            AND c.start_date = ${startDate}::timestamptz AND c.start_date > now()
            AND c.cancelled_at IS NULL AND c.deleted_at IS NULL`;
        if (registration === undefined) return;
        await messages.send(tx, [registration.userId], {
          kind: 'REMINDER',
          aboutId: registrationId,
          occurrence: startDate,
          competitionId: registration.competitionId,
          ...reminder(registration),
        });
      }),
    ];
  }
}

/**
 * Seated registrations for competitions that start within 24 hours and have no reminder of this date yet. The job's id
 * is derived from registration and date: of two workers that run the query at the same time, one enqueues the job.
 */
const ENQUEUE = `
  ${enqueueSql(
    'notify',
    { registrationId: 'r.id', startDate: 'iso_instant(c.start_date)' },
    'FROM competitions c',
    `md5('reminder ' || r.id || ' ' || iso_instant(c.start_date))::uuid`,
  )}
  JOIN registrations r ON r.competition_id = c.id AND r.status ${IS_SEATED}
  WHERE c.start_date > now() AND c.start_date <= now() + interval '24 hours'
    AND c.cancelled_at IS NULL AND c.deleted_at IS NULL
    AND NOT EXISTS (
      SELECT FROM mailbox_messages m
      WHERE m.user_id = r.user_id AND m.kind = 'REMINDER' AND m.about_id = r.id
        AND m.occurrence = iso_instant(c.start_date)
    )
  ON CONFLICT (id) DO NOTHING`;
