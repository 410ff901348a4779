import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { claimCancellation, finishCancellation, isCalledOff } from '../../competitions/acts/pending-acts.js';
import { SeatNotifier } from '../../competitions/seats/seat-notifier.js';
import type { CompetitionDetails } from '../../messaging/templates/render-message.js';
import { POOL } from '../../platform/database/pool.js';
import { inTransaction, type Queryable } from '../../platform/database/transaction.js';
import { type JobHandlers, type Run, single } from '../../platform/queue/handler.js';
import { isUnsettledJob, type JobOutcome, lockUnsettled, Outbox, settle } from '../../platform/queue/outbox.js';
import type { Payload } from '../../registry/jobs.js';
import { HAS_APPLIED, IS_HELD, IS_SEATED, IS_WAITLISTED } from '../../registry/registration-statuses.js';
import { drawNumber, lockPeople, MessageOrder } from '../messages/message-order.js';
import type { Recipient } from '../messages/recipient.js';
import { registrationsIn } from '../messages/team-of-reader.js';
import { onlyInformed } from '../messages/team-order.js';

/** Each batch holds the lock of the competition's row, and people who register or leave wait for it. */
const END_BATCH_SIZE = 200;
const MESSAGE_BATCH_SIZE = 500;

interface ActiveRegistration {
  readonly id: string;
  readonly admission: string;
}

interface LockedCompetition extends CompetitionDetails {
  readonly teamMax: number | null;
}

/** The part of canceling and changing a competition that concerns many registrations; the request changes one row. */
@Injectable()
export class CompetitionChangeJobs implements JobHandlers {
  readonly handlers = [
    single('cancelled', (run) => this.endRegistrations(run)),
    single('changed', (run) => this.sendChange(run)),
  ];

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly order: MessageOrder,
    private readonly outbox: Outbox,
    private readonly seats: SeatNotifier,
  ) {}

  /**
   * Ends the registrations of a canceled competition in batches, and writes the messages in the same transactions. A
   * run that was killed between two batches leaves active registrations, and the next run ends those. From the first
   * batch on, the cancellation cannot be undone. A job that was settled belongs to one that was: the competition may have
   * been canceled again since then, and that cancellation has a job and a delay of its own.
   */
  private async endRegistrations({ outboxId, payload: { competitionId } }: Run<'cancelled'>): Promise<void> {
    for (let more = true; more; this.seats.notify(competitionId))
      more = await inTransaction(this.pool, async (tx) => {
        const competition = await lockCancelled(tx, competitionId);
        if (competition === null || !(await lockUnsettled(tx, outboxId))) {
          await settle(tx, outboxId);
          return false;
        }
        await claimCancellation(tx, competitionId);
        const limit = registrationsIn(END_BATCH_SIZE, competition.teamMax);
        const active = await listActive(tx, competitionId, '0', limit);
        const recipients = await lockPeople(tx, idsOf(active));
        await tx.query(`SELECT end_registrations_v1($1, 'COMPETITION_CANCELLED', NULL, NULL)`, [idsOf(active)]);
        const content = { kind: 'COMPETITION_CANCELLED', params: competition } as const;
        const message = { content, aboutId: competitionId, competitionId };
        const number = await drawNumber(tx);
        await this.order.write(
          tx,
          recipients.map((recipient) => ({ recipient, number, message })),
        );
        if (active.length === limit) return true;
        await tx.query(END_INVITATIONS, [competitionId]);
        await tx.query('UPDATE competitions SET registrations_ended_at = now() WHERE id = $1', [competitionId]);
        await finishCancellation(tx, competitionId);
        await settle(tx, outboxId);
        return false;
      });
    this.outbox.wake();
  }

  /** Outdated when everybody has a newer message, which was rendered with the new date and place. */
  private async sendChange({ outboxId, payload: { competitionId, version } }: Run<'changed'>): Promise<JobOutcome> {
    let [written, outdated] = [0, 0];
    let outcome: JobOutcome = 'done';
    let change: Change | null = null;
    for (let after: string | null = '0'; after !== null; ) {
      const from: string = after;
      after = await inTransaction(this.pool, async (tx) => {
        const competition = await lockNotCancelled(tx, competitionId);
        change ??= await findChange(tx, outboxId, competitionId);
        const limit = registrationsIn(MESSAGE_BATCH_SIZE, competition?.teamMax ?? null);
        const active = competition && change ? await listActive(tx, competitionId, from, limit) : [];
        if (competition !== null && change !== null) {
          const { number, what } = change;
          const content = { kind: 'COMPETITION_CHANGED', params: { ...competition, what } } as const;
          const message = { content, aboutId: competitionId, occurrence: String(version), competitionId };
          const informed = await lockInformed(tx, idsOf(active));
          const messages = informed.map((recipient) => ({ recipient, number, message }));
          const skipped = (await this.order.write(tx, messages)).length;
          written += messages.length - skipped;
          outdated += skipped;
        }
        if (active.length === limit) return active.at(-1)?.admission ?? null;
        const isOutdated = competition === null || (outdated > 0 && written === 0);
        outcome = await settle(tx, outboxId, isOutdated ? 'outdated' : 'done');
        return null;
      });
    }
    return outcome;
  }
}

const END_INVITATIONS = `
  SELECT end_invitations_v1($1, array_agg(id), 'COMPETITION_CANCELLED', NULL)
  FROM invitations WHERE competition_id = $1 AND ended_at IS NULL`;

const idsOf = (registrations: readonly { readonly id: string }[]) => registrations.map(({ id }) => id);

/** The row is the lock of all seats: without it, the seat of somebody who leaves meanwhile would be freed twice. */
const lockCancelled = (tx: Queryable, competitionId: string) =>
  lockCompetition(tx, competitionId, 'cancelled_at IS NOT NULL AND registrations_ended_at IS NULL');

/**
 * Null when it was canceled or deleted: there is another message about that. Without the lock, a transaction that ends
 * many registrations could lock them in another order (deadlock).
 */
const lockNotCancelled = (tx: Queryable, competitionId: string) =>
  lockCompetition(tx, competitionId, `NOT ${isCalledOff('c')} AND deleted_at IS NULL`);

/**
 * In two statements: one that waits for the lock would compare the new row of the competition with the pending acts of
 * before, and take a cancellation that can still be undone for a final one.
 */
async function lockCompetition(tx: Queryable, id: string, condition: string): Promise<LockedCompetition | null> {
  await tx.query('SELECT FROM competitions WHERE id = $1 FOR NO KEY UPDATE', [id]);
  const { rows } = await tx.query<LockedCompetition>(
    `SELECT title, start_date AS "startDate", end_date AS "endDate", location, team_max AS "teamMax" FROM competitions c
     WHERE id = $1 AND ${condition}`,
    [id],
  );
  return rows[0] ?? null;
}

interface Change {
  readonly number: number;
  readonly what: Payload<'changed'>['what'];
}

/**
 * Also what earlier changes were about whose jobs are not done: their messages will be outdated. Null when the job is
 * settled.
 */
async function findChange(tx: Queryable, outboxId: string, competitionId: string): Promise<Change | null> {
  const { rows } = await tx.query<Change>(
    `SELECT o.number::float8 AS number, ARRAY(
       SELECT DISTINCT jsonb_array_elements_text(e.payload->'what') AS what FROM outbox e
       WHERE e.settled_at IS NULL AND e.job = 'changed' AND e.payload->>'competitionId' = $2 AND e.number <= o.number
       ORDER BY what
     ) AS what
     FROM outbox o WHERE o.id = $1 AND ${isUnsettledJob('o')}`,
    [outboxId, competitionId],
  );
  return rows[0] ?? null;
}

/**
 * Those who have a message about their own registration. The others will get one that has the new date and place, because
 * it is rendered when it is written, and would not understand this one before it.
 */
async function lockInformed(tx: Queryable, registrationIds: readonly string[]): Promise<Recipient[]> {
  const locked = await lockPeople(tx, registrationIds);
  const { rows } = await tx.query<{ id: string }>(
    `SELECT r.id FROM registrations r
     WHERE r.id = ANY ($1::uuid[]) AND (r.status = 'CONFIRMED' OR (r.status ${IS_WAITLISTED} OR r.status ${IS_HELD} OR r.status ${HAS_APPLIED}) AND (
       r.messages_up_to > 0 OR EXISTS (
         SELECT FROM mailbox_messages m WHERE m.user_id = r.user_id AND m.kind = 'WAITING' AND m.about_id = r.id)))`,
    [[...new Set(locked.map(({ registrationId }) => registrationId))]],
  );
  const informed = new Set(idsOf(rows));
  return onlyInformed(
    tx,
    locked.filter(({ registrationId }) => registrationId !== null && informed.has(registrationId)),
  );
}

/** One SELECT per partial index. */
const LIST_ACTIVE = [IS_SEATED, IS_HELD, IS_WAITLISTED, HAS_APPLIED]
  .map(
    (status) => `
      (SELECT id, admission FROM registrations
       WHERE competition_id = $1 AND status ${status} AND admission > $2
       ORDER BY admission LIMIT $3)`,
  )
  .join(' UNION ALL ');

/** In the order of admission. */
async function listActive(
  tx: Queryable,
  competitionId: string,
  after: string,
  limit: number,
): Promise<ActiveRegistration[]> {
  const { rows } = await tx.query<ActiveRegistration>(
    `SELECT id, admission FROM (${LIST_ACTIVE}) active ORDER BY admission LIMIT $3`,
    [competitionId, after, limit],
  );
  return rows;
}
