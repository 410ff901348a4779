import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import { type CompetitionFacts, notPromoted } from '../../messaging/templates/message-texts.js';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { JOB_TRANSACTION, type JobHandlers, type Run, single } from '../../platform/queue/handler.js';
import { Outbox, settle } from '../../platform/queue/outbox.js';
import { scheduled } from '../../platform/queue/scheduled.js';

interface Line extends CompetitionFacts {
  id: string;
  regDeadline: Date;
}

const AT_ONCE = 500;

/** What a deadline that passes, or a cancellation, leaves to do. */
@Injectable()
export class WaitlistJobs implements JobHandlers {
  readonly handlers;

  constructor(
    @Inject(POOL) pool: pg.Pool,
    private readonly prisma: PrismaService,
    private readonly tell: MessageSender,
    outbox: Outbox,
  ) {
    this.handlers = [
      scheduled(pool, 'deadlines', async () => {
        await pool.query(CLOSE_EMPTY);
        const { rows } = await pool.query<{ lines: number; cancelled: number }>(ENQUEUE);
        outbox.wake();
        return `${rows[0]?.lines} lines closed, ${rows[0]?.cancelled} cancellations taken up again`;
      }),
      single('line-closed', (run) => this.tellWaiting(run)),
    ];
  }

  /**
   * In small transactions, each from where the last one ended; begun again it tells only whom it has not told, since
   * the deadline is part of what makes the message one.
   */
  private async tellWaiting({ outboxId, payload: { competitionId } }: Run<'line-closed'>): Promise<void> {
    for (let after = 0n; ; ) {
      const last = await this.prisma.$transaction(async (tx) => {
        const line = await lockClosedLine(tx, competitionId);
        const people = line === null ? [] : await peopleInLine(tx, competitionId, after);
        if (line !== null)
          await this.tell.send(
            tx,
            people.map(({ userId }) => userId),
            {
              kind: 'NOT_PROMOTED',
              aboutId: competitionId,
              occurrence: line.regDeadline.toISOString(),
              competitionId,
              ...notPromoted(line),
            },
            people.map(({ id }) => id),
          );
        if (people.length === AT_ONCE) return people.at(-1)?.admission;
        if (line !== null)
          await tx.$executeRaw`UPDATE competitions SET line_closed_at = now() WHERE id = ${competitionId}::uuid`;
        await settle(tx, [outboxId]);
      }, JOB_TRANSACTION);
      if (last === undefined) return;
      after = last;
    }
  }
}

/** Null when the deadline has moved later meanwhile, or nobody is to be told any more. */
async function lockClosedLine(tx: Tx, competitionId: string): Promise<Line | null> {
  const [line] = await tx.$queryRaw<Line[]>`
    SELECT id, title, start_date AS "startDate", end_date AS "endDate", location, reg_deadline AS "regDeadline"
    FROM competitions
    WHERE id = ${competitionId}::uuid AND reg_deadline <= now() AND cancelled_at IS NULL AND line_closed_at IS NULL
    FOR NO KEY UPDATE`;
  return line ?? null;
}

function peopleInLine(tx: Tx, competitionId: string, after: bigint) {
  return tx.$queryRaw<{ id: string; userId: string; admission: bigint }[]>`
    SELECT id, user_id AS "userId", admission FROM registrations
    WHERE competition_id = ${competitionId}::uuid AND status = 'WAITLISTED' AND admission > ${after}
    ORDER BY admission LIMIT ${AT_ONCE}`;
}

/** Where nobody waits there is nothing to tell: done with, or each minute would look at all that ever was. */
const CLOSE_EMPTY = `
  UPDATE competitions SET line_closed_at = now()
  WHERE id IN (
    SELECT id FROM competitions
    WHERE line_closed_at IS NULL AND deleted_at IS NULL AND reg_deadline < now() - interval '1 hour' AND waiting = 0
    LIMIT 1000
    FOR NO KEY UPDATE SKIP LOCKED
  )`;

/**
 * A line whose deadline has passed, once; a cancelled competition whose registrations nobody is ending (its job was
 * discarded, or written by hand): not while its own job is still pending or waits for an admin.
 */
const ENQUEUE = `
  WITH line AS (
    SELECT c.id FROM competitions c
    WHERE c.line_closed_at IS NULL AND c.deleted_at IS NULL AND c.cancelled_at IS NULL AND c.reg_deadline <= now()
      AND c.waiting > 0
      AND NOT EXISTS (
        SELECT FROM outbox o
        WHERE o.settled_at IS NULL AND o.job = 'line-closed' AND o.payload->>'competitionId' = c.id::text
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
  ), enqueued AS (
    INSERT INTO outbox (queue, job, payload)
    SELECT 'competition', 'line-closed', jsonb_build_object('competitionId', id) FROM line
    UNION ALL
    SELECT 'competition', 'cancelled', jsonb_build_object('competitionId', id) FROM cancelled
  )
  SELECT (SELECT count(*) FROM line)::int AS lines, (SELECT count(*) FROM cancelled)::int AS cancelled`;
