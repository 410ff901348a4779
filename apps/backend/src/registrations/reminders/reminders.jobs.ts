import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import { reminder } from '../../messaging/templates/message-texts.js';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { type JobHandlers, transactional } from '../../platform/queue/handler.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { scheduled } from '../../platform/queue/scheduled.js';

interface Seat {
  userId: string;
  competitionId: string;
  title: string;
  startDate: Date;
  endDate: Date | null;
  location: string | null;
}

/** Reminders: one per seated registration and start date, whoever looks for them and however often. */
@Injectable()
export class ReminderJobs implements JobHandlers {
  readonly handlers;

  constructor(@Inject(POOL) pool: pg.Pool, prisma: PrismaService, tell: MessageSender, outbox: Outbox) {
    this.handlers = [
      scheduled(pool, 'reminders', async () => {
        const { rowCount } = await pool.query(ENQUEUE);
        if (rowCount) outbox.wake();
        return `${rowCount ?? 0} enqueued`;
      }),

      transactional(prisma, 'notify', async (tx, { registrationId, startDate }) => {
        // Asked again: who has left, or whose competition has moved, is not reminded of this date.
        const [seat] = await tx.$queryRaw<Seat[]>`
          SELECT r.user_id AS "userId", c.id AS "competitionId", c.title, c.start_date AS "startDate",
                 c.end_date AS "endDate", c.location
          FROM registrations r JOIN competitions c ON c.id = r.competition_id
          WHERE r.id = ${registrationId}::uuid AND r.status IN ('PENDING', 'CONFIRMED')
            AND c.start_date = ${startDate}::timestamptz AND c.start_date > now()
            AND c.cancelled_at IS NULL AND c.deleted_at IS NULL`;
        if (seat === undefined) return;
        await tell.send(tx, [seat.userId], {
          kind: 'REMINDER',
          aboutId: registrationId,
          occurrence: startDate,
          competitionId: seat.competitionId,
          ...reminder(seat),
        });
      }),
    ];
  }
}

/**
 * Who is seated in a competition that starts within 24 hours and has neither been reminded of this date nor is about
 * to be. The job's id is derived from registration and date: of two servers that look at once one enqueues.
 */
const ENQUEUE = `
  INSERT INTO outbox (id, queue, job, payload)
  SELECT md5('reminder ' || r.id || ' ' || iso_instant(c.start_date))::uuid, 'reminder', 'notify',
         jsonb_build_object('registrationId', r.id, 'startDate', iso_instant(c.start_date))
  FROM competitions c
  JOIN registrations r ON r.competition_id = c.id AND r.status IN ('PENDING', 'CONFIRMED')
  WHERE c.start_date > now() AND c.start_date <= now() + interval '24 hours'
    AND c.cancelled_at IS NULL AND c.deleted_at IS NULL
    AND NOT EXISTS (
      SELECT FROM mailbox_messages m
      WHERE m.user_id = r.user_id AND m.kind = 'REMINDER' AND m.about_id = r.id
        AND m.occurrence = iso_instant(c.start_date)
    )
  ON CONFLICT (id) DO NOTHING`;
