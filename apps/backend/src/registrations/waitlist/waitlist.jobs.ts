import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { CompetitionDetails } from '../../messaging/templates/render-message.js';
import { POOL } from '../../platform/database/pool.js';
import { inTransaction, type Queryable } from '../../platform/database/transaction.js';
import { type JobHandlers, type Run, single } from '../../platform/queue/handler.js';
import { enqueueSql, type JobOutcome, settle } from '../../platform/queue/outbox.js';
import { IS_WAITLISTED } from '../../registry/registration-statuses.js';
import { drawNumber, lockPeople, MessageOrder } from '../messages/message-order.js';
import { contentsFor, registrationsIn } from '../messages/team-of-reader.js';

interface ClosedWaitlist extends CompetitionDetails {
  readonly closedAt: Date;
  readonly teamMax: number | null;
}

const BATCH_SIZE = 500;

/** When nobody is promoted anymore: sends a message to everyone who is still on the waitlist. */
@Injectable()
export class WaitlistJobs implements JobHandlers {
  readonly handlers = [single('line-closed', (run) => this.notifyWaitlist(run))];

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly order: MessageOrder,
  ) {}

  /**
   * In small transactions, each of which continues where the last one ended. A second run sends nothing again: the
   * deadline is part of the unique key of a message, and `listWaitlisted` leaves out recipients of an earlier run, which
   * may have seen another deadline.
   */
  private async notifyWaitlist({ outboxId, payload: { competitionId } }: Run<'line-closed'>): Promise<JobOutcome> {
    let outcome: JobOutcome = 'done';
    for (let after: string | null = '0'; after !== null; ) {
      const from: string = after;
      after = await inTransaction(this.pool, async (tx) => {
        const closed = await lockClosedWaitlist(tx, competitionId);
        if (closed === null) {
          outcome = await settle(tx, outboxId, 'outdated');
          return null;
        }
        const limit = registrationsIn(BATCH_SIZE, closed.teamMax);
        const waitlisted = await listWaitlisted(tx, competitionId, from, outboxId, limit);
        const about = { occurrence: closed.closedAt.toISOString(), competitionId };
        const number = await drawNumber(tx);
        const recipients = await lockPeople(
          tx,
          waitlisted.map(({ id }) => id),
        );
        const contentOf = await contentsFor(tx, recipients, (team) => ({
          kind: 'NOT_PROMOTED',
          params: { ...closed, team },
        }));
        await this.order.write(
          tx,
          recipients.map((recipient) => ({
            recipient,
            number,
            message: { ...about, content: contentOf(recipient), aboutId: recipient.registrationId ?? '' },
          })),
        );
        if (waitlisted.length === limit) return waitlisted.at(-1)?.admission ?? null;
        await tx.query('UPDATE competitions SET line_closed_at = now() WHERE id = $1', [competitionId]);
        await settle(tx, outboxId);
        return null;
      });
    }
    return outcome;
  }
}

/**
 * Null when that instant has moved to the future, the competition was canceled, the messages have been sent, or people
 * are still being promoted.
 */
async function lockClosedWaitlist(tx: Queryable, competitionId: string): Promise<ClosedWaitlist | null> {
  const { rows } = await tx.query<ClosedWaitlist>(
    `SELECT title, start_date AS "startDate", end_date AS "endDate", location, promotes_until(competitions) AS "closedAt",
            team_max AS "teamMax"
     FROM competitions
     WHERE id = $1 AND promotes_until(competitions) <= now() AND ${NOTHING_IS_DUE}
       AND cancelled_at IS NULL AND line_closed_at IS NULL
     FOR NO KEY UPDATE`,
    [competitionId],
  );
  return rows[0] ?? null;
}

/**
 * Without those who got a message from this job already: a run that was killed between two batches may have written it
 * with a deadline that was moved since then, so the unique key does not prevent a second one. There is one job per
 * closing, and ids increase with time, so a message with a lower id than the job's is about an earlier closing.
 */
async function listWaitlisted(
  tx: Queryable,
  competitionId: string,
  after: string,
  outboxId: string,
  limit: number,
): Promise<{ id: string; admission: string }[]> {
  const { rows } = await tx.query(
    `SELECT r.id, r.admission FROM registrations r
     WHERE r.competition_id = $1 AND r.status ${IS_WAITLISTED} AND r.admission > $2
       AND NOT EXISTS (
         SELECT FROM mailbox_messages m
         WHERE m.user_id = r.user_id AND m.kind = 'NOT_PROMOTED' AND m.about_id = r.id AND m.id > $3
       ) AND NOT EXISTS (
         SELECT FROM team_members t JOIN mailbox_messages m ON m.user_id = t.user_id
         WHERE t.team_id = r.team_id AND m.kind = 'NOT_PROMOTED' AND m.about_id = r.id AND m.id > $3
       )
     ORDER BY r.admission LIMIT $4`,
    [competitionId, after, outboxId, limit],
  );
  return rows;
}

interface Closings {
  readonly waitlists: number;
  readonly cancelled: number;
}

export async function enqueueClosings(pool: pg.Pool): Promise<Closings> {
  await pool.query(CLOSE_EMPTY_WAITLISTS);
  const { rows } = await pool.query<Closings>(ENQUEUE);
  return rows[0] ?? { waitlists: 0, cancelled: 0 };
}

/** Nobody is promoted anymore, also not by a hold that has expired in time and was not ended yet. */
const NOTHING_IS_DUE = `next_due_at IS NULL AND (next_expiry_at > now() OR next_expiry_at IS NULL)`;

/** Without it, the query below would read every past competition once a minute. */
const CLOSE_EMPTY_WAITLISTS = `
  UPDATE competitions SET line_closed_at = now()
  WHERE id IN (
    SELECT id FROM competitions
    WHERE line_closed_at IS NULL AND deleted_at IS NULL AND reg_deadline < now() - interval '1 hour' AND waiting = 0
      AND promotes_until(competitions) < now() - interval '1 hour'
    LIMIT 1000
    FOR NO KEY UPDATE SKIP LOCKED
  )`;

/**
 * Enqueues one job per waitlist whose deadline has passed, and again the job of a canceled competition whose
 * registrations have not ended: its job may have been discarded. Not while that job is pending or a dead letter: a job
 * that fails for good would add another dead letter every minute.
 */
const ENQUEUE = `
  WITH waitlist AS (
    SELECT c.id FROM competitions c
    WHERE c.line_closed_at IS NULL AND c.deleted_at IS NULL AND c.cancelled_at IS NULL AND c.reg_deadline <= now()
      AND c.waiting > 0 AND promotes_until(c) <= now() AND ${NOTHING_IS_DUE}
      AND NOT EXISTS (
        SELECT FROM outbox o
        WHERE o.settled_at IS NULL AND o.job = 'line-closed' AND o.payload->>'competitionId' = c.id::text
      )
      AND NOT EXISTS (
        SELECT FROM failed_jobs f
        WHERE f.settled_at IS NULL AND f.job = 'line-closed' AND f.payload->>'competitionId' = c.id::text
      )
    LIMIT 1000
  ), cancelled AS (
    SELECT c.id FROM competitions c
    WHERE c.cancelled_at < now() - interval '10 minutes' AND c.registrations_ended_at IS NULL
      AND NOT EXISTS (
        SELECT FROM outbox o
        WHERE o.settled_at IS NULL AND o.job = 'cancelled' AND o.payload->>'competitionId' = c.id::text
      )
      AND NOT EXISTS (
        SELECT FROM failed_jobs f
        WHERE f.settled_at IS NULL AND f.job = 'cancelled' AND f.payload->>'competitionId' = c.id::text
      )
    LIMIT 1000
  ), closing AS (
    ${enqueueSql('line-closed', { competitionId: 'id' }, 'FROM waitlist')}
  ), ending AS (
    ${enqueueSql('cancelled', { competitionId: 'id' }, 'FROM cancelled')}
  )
  SELECT (SELECT count(*) FROM waitlist)::int AS waitlists, (SELECT count(*) FROM cancelled)::int AS cancelled`;
