import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { isCalledOff } from '../../competitions/acts/pending-acts.js';
import type { CompetitionDetails } from '../../messaging/templates/render-message.js';
import { POOL } from '../../platform/database/pool.js';
import type { Queryable } from '../../platform/database/transaction.js';
import { type JobHandlers, transactional } from '../../platform/queue/handler.js';
import { enqueueSql } from '../../platform/queue/outbox.js';
import type { Payload } from '../../registry/jobs.js';
import { IS_HELD } from '../../registry/registration-statuses.js';
import { drawNumber, lockPeople, MessageOrder } from '../messages/message-order.js';
import { contentsFor } from '../messages/team-of-reader.js';
import { onlyInformed } from '../messages/team-order.js';

interface EndingHold extends CompetitionDetails {
  readonly competitionId: string;
  readonly heldUntil: Date;
}

/**
 * Reminds people whose hold ends within a day, and within an hour, and who have not confirmed it. In a team everybody is
 * reminded, although only the captain can confirm: the others can ask for it.
 */
@Injectable()
export class HoldEndingJobs implements JobHandlers {
  readonly handlers;

  constructor(@Inject(POOL) pool: pg.Pool, order: MessageOrder) {
    this.handlers = [
      transactional(pool, 'hold-ending', async (tx, payload) => {
        const { registrationId, heldUntil, lead } = payload;
        const recipients = await onlyInformed(tx, await lockPeople(tx, [registrationId]));
        const hold = await findOpenHold(tx, payload);
        if (hold === null) return 'outdated';
        const { competitionId } = hold;
        const number = await drawNumber(tx);
        const contentOf = await contentsFor(tx, recipients, (team) => ({
          kind: 'HOLD_ENDING',
          params: { ...hold, team },
        }));
        const about = { aboutId: registrationId, occurrence: `${heldUntil} ${lead}`, competitionId };
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

/** Null when it has been confirmed or has ended, or its end was moved, since the job was enqueued. */
async function findOpenHold(
  tx: Queryable,
  { registrationId, heldUntil }: Payload<'hold-ending'>,
): Promise<EndingHold | null> {
  const { rows } = await tx.query<EndingHold>({
    name: 'open_hold',
    text: `
      SELECT c.id AS "competitionId", c.title, c.start_date AS "startDate", c.end_date AS "endDate", c.location,
             r.held_until AS "heldUntil"
      FROM registrations r JOIN competitions c ON c.id = r.competition_id
      WHERE r.id = $1 AND r.status ${IS_HELD} AND r.held_until = $2::timestamptz AND r.held_until > clock_timestamp()
        AND NOT ${isCalledOff('c')} AND c.deleted_at IS NULL`,
    values: [registrationId, heldUntil],
  });
  return rows[0] ?? null;
}

/** Returns how many reminders were enqueued. */
export async function enqueueEndingHolds(pool: pg.Pool): Promise<number> {
  const { rowCount } = await pool.query(ENQUEUE);
  return rowCount ?? 0;
}

/**
 * The job's id is derived from what it is about: of two workers that run the query at the same time, one enqueues the job,
 * and of the members of a team, the first.
 * Only after the message about the hold, and only if that was written before the time of the reminder. While a message
 * about a new date or place is under way, the reminder waits for the next run, or that message would be outdated.
 *
 * `next_expiry_at` is never later than 3 s after the end of a hold, so its index finds the few competitions to look at.
 */
const ENQUEUE = `
  WITH ending AS (
    SELECT r.id, r.user_id, r.team_id, iso_instant(r.held_until) AS held_until, lead.*, r.held_until - lead.before AS due_at,
           coalesce(iso_instant(r.reinstated_at), '') AS occurrence
    FROM competitions c
    JOIN registrations r ON r.competition_id = c.id AND r.status ${IS_HELD}
    CROSS JOIN LATERAL (
      SELECT * FROM (VALUES ('hour', interval '1 hour'), ('day', interval '1 day')) l (name, before)
      WHERE r.held_until - l.before <= now()
      ORDER BY l.before LIMIT 1
    ) lead
    WHERE c.next_expiry_at <= now() + interval '1 day 3 seconds' AND r.held_until > now()
      AND NOT ${isCalledOff('c')} AND c.deleted_at IS NULL
      AND c.id NOT IN (
        SELECT (o.payload->>'competitionId')::uuid FROM outbox o WHERE o.settled_at IS NULL AND o.job = 'changed'
      )
  )
  ${enqueueSql(
    'hold-ending',
    { registrationId: 'e.id', heldUntil: 'e.held_until', lead: 'e.name' },
    `FROM ending e
  CROSS JOIN LATERAL (
    SELECT e.user_id AS id WHERE e.user_id IS NOT NULL
    UNION ALL
    SELECT t.user_id FROM team_members t WHERE t.team_id = e.team_id AND t.left_at IS NULL
  ) person
  JOIN mailbox_messages m
    ON m.user_id = person.id AND m.kind = 'HELD' AND m.about_id = e.id AND m.occurrence = e.occurrence
  WHERE m.created_at < e.due_at AND NOT EXISTS (
    SELECT FROM mailbox_messages reminder
    WHERE reminder.user_id = person.id AND reminder.kind = 'HOLD_ENDING' AND reminder.about_id = e.id
      AND reminder.occurrence = concat_ws(' ', e.held_until, e.name)
  )
  ON CONFLICT (id) DO NOTHING`,
    { id: `md5(concat_ws(' ', 'hold ending', e.id, e.held_until, e.name))::uuid` },
  )}`;
