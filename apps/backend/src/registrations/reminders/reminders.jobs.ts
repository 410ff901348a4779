import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { isCalledOff } from '../../competitions/acts/pending-acts.js';
import type { CompetitionDetails } from '../../messaging/templates/render-message.js';
import { POOL } from '../../platform/database/pool.js';
import type { Queryable } from '../../platform/database/transaction.js';
import { type JobHandlers, scheduled, transactional } from '../../platform/queue/handler.js';
import { enqueueSql, Outbox } from '../../platform/queue/outbox.js';
import { drawNumber, lockPeople, MessageOrder } from '../messages/message-order.js';
import { contentsFor } from '../messages/team-of-reader.js';
import { onlyInformed } from '../messages/team-order.js';

interface StartingCompetition extends CompetitionDetails {
  readonly id: string;
}

/** One reminder per seated person and start date, however often and on however many workers the job runs. */
@Injectable()
export class ReminderJobs implements JobHandlers {
  readonly handlers;

  constructor(@Inject(POOL) pool: pg.Pool, order: MessageOrder, outbox: Outbox) {
    this.handlers = [
      scheduled(pool, 'reminders', async () => {
        const { rowCount } = await pool.query(ENQUEUE);
        if (rowCount) outbox.wake();
        return { text: 'reminders', values: { count: rowCount ?? 0 } };
      }),

      transactional(pool, 'notify', async (tx, { registrationId, startDate }) => {
        const recipients = await onlyInformed(tx, await lockPeople(tx, [registrationId]));
        const competition = await findStarting(tx, registrationId, startDate);
        if (competition === null) return 'outdated';
        const number = await drawNumber(tx);
        const contentOf = await contentsFor(tx, recipients, (team) => ({
          kind: 'REMINDER',
          params: { ...competition, team },
        }));
        const about = { aboutId: registrationId, occurrence: startDate, competitionId: competition.id };
        const outdated = await order.write(
          tx,
          recipients.map((recipient) => ({
            recipient,
            number,
            message: { ...about, content: contentOf(recipient) },
          })),
        );
        return outdated.length < recipients.length ? 'done' : 'outdated';
      }),
    ];
  }
}

/**
 * Null when the person has left, or the date has changed, since the job was enqueued. Nobody is reminded of a seat before
 * its confirmation, which makes the registration CONFIRMED.
 */
async function findStarting(
  tx: Queryable,
  registrationId: string,
  startDate: string,
): Promise<StartingCompetition | null> {
  const { rows } = await tx.query<StartingCompetition>({
    name: 'starting_competition',
    text: `
      SELECT c.id, c.title, c.start_date AS "startDate", c.end_date AS "endDate", c.location
      FROM registrations r JOIN competitions c ON c.id = r.competition_id
      WHERE r.id = $1 AND r.status = 'CONFIRMED' AND c.start_date = $2::timestamptz AND c.start_date > now()
        AND NOT ${isCalledOff('c')} AND c.deleted_at IS NULL`,
    values: [registrationId, startDate],
  });
  return rows[0] ?? null;
}

/**
 * Confirmed registrations for competitions that start within 24 hours and have no reminder of this date yet. The job's id
 * is derived from registration and date: of two workers that run the query at the same time, one enqueues the job. A job
 * that was outdated is enqueued again: the date may have moved away and back. While the message about a new date or place
 * is under way, the reminder waits for the next run, or the message would be older than the reminder.
 */
const ENQUEUE = `
  ${enqueueSql('notify', { registrationId: 'r.id', startDate: 'iso_instant(c.start_date)' }, 'FROM competitions c', {
    id: `md5('reminder ' || r.id || ' ' || iso_instant(c.start_date))::uuid`,
  })}
  JOIN registrations r ON r.competition_id = c.id AND r.status = 'CONFIRMED'
  WHERE c.start_date > now() AND c.start_date <= now() + interval '24 hours'
    AND NOT ${isCalledOff('c')} AND c.deleted_at IS NULL
    AND NOT EXISTS (
      SELECT FROM mailbox_messages m
      WHERE m.user_id = r.user_id AND m.kind = 'REMINDER' AND m.about_id = r.id
        AND m.occurrence = iso_instant(c.start_date)
    )
    AND NOT EXISTS (
      SELECT FROM team_members t JOIN mailbox_messages m ON m.user_id = t.user_id
      WHERE t.team_id = r.team_id AND m.kind = 'REMINDER' AND m.about_id = r.id
        AND m.occurrence = iso_instant(c.start_date)
    )
    AND c.id NOT IN (
      SELECT (o.payload->>'competitionId')::uuid FROM outbox o WHERE o.settled_at IS NULL AND o.job = 'changed'
    )
  ON CONFLICT (id) DO UPDATE SET settled_at = NULL, outdated = false, handed_at = NULL, due_at = now(), created_at = now()
    WHERE outbox.outdated`;
