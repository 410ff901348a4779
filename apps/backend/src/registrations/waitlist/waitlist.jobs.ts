import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import { type CompetitionDetails, notPromoted } from '../../messaging/templates/message-texts.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { JOB_TRANSACTION, type JobHandlers, type Run, scheduled, single } from '../../platform/queue/handler.js';
import { enqueueSql, Outbox, settle } from '../../platform/queue/outbox.js';
import { IS_WAITLISTED } from '../../registry/registration-statuses.js';

interface ClosedWaitlist extends CompetitionDetails {
  id: string;
  regDeadline: Date;
}

const BATCH_SIZE = 500;

/** After a deadline has passed: sends a message to everyone who is still on the waitlist. */
@Injectable()
export class WaitlistJobs implements JobHandlers {
  readonly handlers;

  constructor(
    @Inject(POOL) pool: pg.Pool,
    private readonly prisma: PrismaService,
    private readonly messages: MessageSender,
    outbox: Outbox,
  ) {
    this.handlers = [
      scheduled(pool, 'deadlines', async () => {
        await pool.query(CLOSE_EMPTY_WAITLISTS);
        const { rows } = await pool.query<{ waitlists: number; cancelled: number }>(ENQUEUE);
        outbox.wake();
        return `${rows[0]?.waitlists} waitlists closed, ${rows[0]?.cancelled} cancellations enqueued again`;
      }),
      single('line-closed', (run) => this.notifyWaitlist(run)),
    ];
  }

  /**
   * In small transactions, each of which continues where the last one ended. A second run sends nothing again: the
   * deadline is part of the unique key of a message, and `listWaitlisted` leaves out recipients of an earlier run, which
   * may have seen another deadline.
   */
  private async notifyWaitlist({ outboxId, payload: { competitionId } }: Run<'line-closed'>): Promise<void> {
    for (let after = 0n; ; ) {
      const last = await this.prisma.$transaction(async (tx) => {
        const closed = await lockClosedWaitlist(tx, competitionId);
        const waitlisted = closed === null ? [] : await listWaitlisted(tx, competitionId, after, outboxId);
        if (closed !== null)
          await this.messages.send(
            tx,
            waitlisted.map(({ userId }) => userId),
            {
              kind: 'NOT_PROMOTED',
              aboutId: competitionId,
              occurrence: closed.regDeadline.toISOString(),
              competitionId,
              ...notPromoted(closed),
            },
            waitlisted.map(({ id }) => id),
          );
        if (waitlisted.length === BATCH_SIZE) return waitlisted.at(-1)?.admission;
        if (closed !== null)
          await tx.$executeRaw`UPDATE competitions SET line_closed_at = now() WHERE id = ${competitionId}::uuid`;
        await settle(tx, [outboxId]);
      }, JOB_TRANSACTION);
      if (last === undefined) return;
      after = last;
    }
  }
}

/** Null when the deadline has moved to the future, the competition was canceled, or the messages have been sent. */
async function lockClosedWaitlist(tx: Tx, competitionId: string): Promise<ClosedWaitlist | null> {
  const [closed] = await tx.$queryRaw<ClosedWaitlist[]>`
    SELECT id, title, start_date AS "startDate", end_date AS "endDate", location, reg_deadline AS "regDeadline"
    FROM competitions
    WHERE id = ${competitionId}::uuid AND reg_deadline <= now() AND cancelled_at IS NULL AND line_closed_at IS NULL
    FOR NO KEY UPDATE`;
  return closed ?? null;
}

/**
 * Without those who got a message from this job already: a run that was killed between two batches may have written it
 * with a deadline that was moved since then, so the unique key does not prevent a second one. There is one job per
 * closing, and ids increase with time, so a message with a lower id than the job's is about an earlier closing.
 */
function listWaitlisted(tx: Tx, competitionId: string, after: bigint, outboxId: string) {
  return tx.$queryRaw<{ id: string; userId: string; admission: bigint }[]>`
    SELECT r.id, r.user_id AS "userId", r.admission FROM registrations r
    WHERE r.competition_id = ${competitionId}::uuid AND r.status ${Prisma.raw(IS_WAITLISTED)} AND r.admission > ${after}
      AND NOT EXISTS (
        SELECT FROM mailbox_messages m
        WHERE m.user_id = r.user_id AND m.kind = 'NOT_PROMOTED' AND m.about_id = r.id AND m.id > ${outboxId}::uuid
      )
    ORDER BY r.admission LIMIT ${BATCH_SIZE}`;
}

/** Without it, the query below would read every past competition once a minute. */
const CLOSE_EMPTY_WAITLISTS = `
  UPDATE competitions SET line_closed_at = now()
  WHERE id IN (
    SELECT id FROM competitions
    WHERE line_closed_at IS NULL AND deleted_at IS NULL AND reg_deadline < now() - interval '1 hour' AND waiting = 0
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
      AND c.waiting > 0
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
