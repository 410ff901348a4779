import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { CompetitionDetails } from '../../messaging/templates/render-message.js';
import { POOL } from '../../platform/database/pool.js';
import { inTransaction, type Queryable } from '../../platform/database/transaction.js';
import { type JobHandlers, type Run, single } from '../../platform/queue/handler.js';
import { enqueueSql, type JobOutcome, settle } from '../../platform/queue/outbox.js';
import { HAS_APPLIED } from '../../registry/registration-statuses.js';
import { drawNumber, lockPeople, MessageOrder } from './message-order.js';
import { contentsFor, registrationsIn } from './team-of-reader.js';
import { onlyInformed } from './team-order.js';

interface LateDecisions extends CompetitionDetails {
  readonly decisionsBy: Date;
  readonly teamMax: number | null;
}

const BATCH_SIZE = 500;

/** When decisions were promised by a time that has passed: tells those who are undecided, once. Changes nothing else. */
@Injectable()
export class DecisionsLateJobs implements JobHandlers {
  readonly handlers = [single('decisions-late', (run) => this.notifyUndecided(run))];

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly order: MessageOrder,
  ) {}

  /**
   * In small transactions, each of which continues where the last one ended. A second run, after one that was killed,
   * leaves out those who have the message already: see `listUndecided`.
   */
  private async notifyUndecided({ outboxId, payload: { competitionId } }: Run<'decisions-late'>): Promise<JobOutcome> {
    let outcome: JobOutcome = 'done';
    for (let after: string | null = '0'; after !== null; ) {
      const from: string = after;
      after = await inTransaction(this.pool, async (tx) => {
        const late = await lockLate(tx, competitionId);
        if (late === null) {
          outcome = await settle(tx, outboxId, 'outdated');
          return null;
        }
        const limit = registrationsIn(BATCH_SIZE, late.teamMax);
        const undecided = await listUndecided(tx, competitionId, from, outboxId, limit);
        const about = { occurrence: late.decisionsBy.toISOString(), competitionId };
        const number = await drawNumber(tx);
        const locked = await lockPeople(
          tx,
          undecided.map(({ id }) => id),
        );
        const recipients = await onlyInformed(tx, locked);
        const contentOf = await contentsFor(tx, recipients, (team) => ({
          kind: 'DECISIONS_LATE',
          params: { ...late, team },
        }));
        await this.order.write(
          tx,
          recipients.map((recipient) => ({
            recipient,
            number,
            message: { ...about, content: contentOf(recipient), aboutId: recipient.registrationId ?? '' },
          })),
        );
        if (undecided.length === limit) return undecided.at(-1)?.admission ?? null;
        await tx.query('UPDATE competitions SET decisions_late_at = now() WHERE id = $1', [competitionId]);
        await settle(tx, outboxId);
        return null;
      });
    }
    return outcome;
  }
}

/** Null when that time was moved to the future, the competition was canceled, or the messages have been sent. */
async function lockLate(tx: Queryable, competitionId: string): Promise<LateDecisions | null> {
  const { rows } = await tx.query<LateDecisions>(
    `SELECT title, start_date AS "startDate", end_date AS "endDate", location, decisions_by AS "decisionsBy",
            team_max AS "teamMax"
     FROM competitions
     WHERE id = $1 AND decisions_by <= now() AND cancelled_at IS NULL AND deleted_at IS NULL
       AND decisions_late_at IS NULL
     FOR NO KEY UPDATE`,
    [competitionId],
  );
  return rows[0] ?? null;
}

/**
 * Those who have applied before the promised time: later applicants were promised nothing. There is one job per promised
 * time, and ids increase with time, so a message with a higher id than the job's is from an earlier run of it.
 */
async function listUndecided(
  tx: Queryable,
  competitionId: string,
  after: string,
  outboxId: string,
  limit: number,
): Promise<{ id: string; admission: string }[]> {
  const { rows } = await tx.query(
    `SELECT r.id, r.admission FROM registrations r JOIN competitions c ON c.id = r.competition_id
     WHERE r.competition_id = $1 AND r.status ${HAS_APPLIED} AND r.admission > $2 AND r.registered_at < c.decisions_by
       AND NOT EXISTS (
         SELECT FROM mailbox_messages m
         WHERE m.user_id = r.user_id AND m.kind = 'DECISIONS_LATE' AND m.about_id = r.id AND m.id > $3
       ) AND NOT EXISTS (
         SELECT FROM team_members t JOIN mailbox_messages m ON m.user_id = t.user_id
         WHERE t.team_id = r.team_id AND m.kind = 'DECISIONS_LATE' AND m.about_id = r.id AND m.id > $3
       )
     ORDER BY r.admission LIMIT $4`,
    [competitionId, after, outboxId, limit],
  );
  return rows;
}

/** Enqueues a job for each competition whose decisions are late. Returns how many. */
export async function enqueueLateDecisions(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ late: number }>(ENQUEUE_LATE_DECISIONS);
  return rows[0]?.late ?? 0;
}

/**
 * Where nobody has applied, the instant is recorded at once: the query would read those competitions every minute. Not
 * while the job is pending or a dead letter: one that fails for good would add another dead letter every minute.
 */
export const ENQUEUE_LATE_DECISIONS = `
  WITH due AS MATERIALIZED (
    SELECT c.id, EXISTS (
      SELECT FROM registrations r WHERE r.competition_id = c.id AND r.status ${HAS_APPLIED}
    ) AS has_applicants
    FROM competitions c
    WHERE c.decisions_by <= now() AND c.decisions_late_at IS NULL AND c.deleted_at IS NULL AND c.cancelled_at IS NULL
      AND c.admission_mode = 'APPROVAL'
      AND NOT EXISTS (
        SELECT FROM outbox o
        WHERE o.settled_at IS NULL AND o.job = 'decisions-late' AND o.payload->>'competitionId' = c.id::text
      )
      AND NOT EXISTS (
        SELECT FROM failed_jobs f
        WHERE f.settled_at IS NULL AND f.job = 'decisions-late' AND f.payload->>'competitionId' = c.id::text
      )
    LIMIT 1000
  ), nobody AS (
    UPDATE competitions c SET decisions_late_at = now()
    FROM due
    WHERE c.id = due.id AND NOT due.has_applicants AND c.decisions_by <= now() AND c.decisions_late_at IS NULL
  ), enqueued AS (
    ${enqueueSql('decisions-late', { competitionId: 'id' }, 'FROM due WHERE has_applicants')}
  )
  SELECT count(*) FILTER (WHERE has_applicants)::int AS late FROM due`;
