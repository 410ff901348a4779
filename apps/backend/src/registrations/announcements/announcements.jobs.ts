import { setTimeout as pause } from 'node:timers/promises';
import type { Audience } from '@mini-compete/shared/announcements';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import type { Participation } from '../../messaging/templates/participation.js';
import { READER_COLUMNS, type ReaderColumns, readerOf } from '../../messaging/templates/reader.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { inTransaction, type Queryable } from '../../platform/database/transaction.js';
import { type JobHandlers, type Run, single, transactional } from '../../platform/queue/handler.js';
import { LoadThrottle } from '../../platform/queue/load-throttle.js';
import { type JobOutcome, lockUnsettled, Outbox, settle } from '../../platform/queue/outbox.js';
import type { Payload } from '../../registry/jobs.js';
import { AUDIENCE, audienceValues } from './audience.sql.js';
import { fillIn } from './fill-in.js';

const BATCH_SIZE = 500;
/** Under high load: 150 messages a second take the database a few percent of its time, and 10,000 are out in 70 s. */
const THROTTLED = { batchSize: 150, intervalMs: 1_000 } as const;

interface Sending {
  readonly id: string;
  readonly competitionId: string;
  readonly subject: string;
  readonly body: string;
  readonly audience: Audience;
  readonly previewId: string;
  readonly handled: number;
  readonly isFrozen: boolean;
  readonly isStopped: boolean;
  readonly title: string;
  readonly startDate: Date | null;
}

interface Recipient extends ReaderColumns {
  readonly userId: string;
  readonly participation: Participation;
  readonly position: number;
  readonly name: string;
  readonly isErased: boolean;
}

/** Sends announcements, when the time for an undo has passed. */
@Injectable()
export class AnnouncementJobs implements JobHandlers {
  readonly handlers;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Env,
    private readonly sender: MessageSender,
    private readonly outbox: Outbox,
    private readonly throttle: LoadThrottle,
  ) {
    this.handlers = [
      single('announce', (run) => this.announce(run)),
      transactional(pool, 'announcement-test', (tx, payload) => this.sendTest(tx, payload)),
    ];
  }

  /**
   * Claims, freezes the recipients, and writes their messages in batches, each of which commits with its position: a run
   * that was killed goes on after it, and the unique key of messages refuses a second one. The lock of the competition is
   * held only for the claim, which an undo waits for; people who register do not wait for the messages.
   */
  private async announce(run: Run<'announce'>): Promise<JobOutcome> {
    const { outboxId, payload, stopping } = run;
    const claim = await inTransaction(this.pool, (tx) => claimAct(tx, outboxId, payload));
    if (claim !== 'claimed') return claim;
    await inTransaction(this.pool, (tx) => freeze(tx, payload));
    for (;;) {
      const { isActive } = this.throttle;
      const size = isActive ? THROTTLED.batchSize : BATCH_SIZE;
      if (!(await inTransaction(this.pool, (tx) => this.writeBatch(tx, run, size)))) break;
      this.outbox.wake();
      // Not settled: the relay dispatches it again, to another worker.
      if (stopping.aborted) return 'done';
      if (isActive) await pause(THROTTLED.intervalMs, undefined, { signal: stopping }).catch(() => {});
    }
    this.outbox.wake();
    return 'done';
  }

  /** Whether there are more. */
  private async writeBatch(tx: Queryable, { outboxId, payload }: Run<'announce'>, size: number): Promise<boolean> {
    const sending = await lockSending(tx, payload.announcementId);
    if (sending === null || !(await lockUnsettled(tx, outboxId))) return false;
    const recipients = sending.isStopped ? [] : await nextRecipients(tx, sending, size);
    const competition = { id: sending.competitionId, title: sending.title, startDate: sending.startDate };
    await this.sender.send(
      tx,
      recipients
        .filter(({ isErased }) => !isErased)
        .map((recipient) => {
          const reader = readerOf(recipient);
          const params = { ...fillIn(sending, competition, recipient, reader, this.env), isTest: false };
          const content = { kind: 'ANNOUNCEMENT', params } as const;
          const { userId } = recipient;
          return { userId, content, aboutId: sending.id, competitionId: sending.competitionId, reader };
        }),
    );
    const isLast = recipients.length < size;
    await tx.query(
      `UPDATE announcements
       SET handled = greatest(handled, $2),
           finished_at = CASE WHEN $3 AND stopped_at IS NULL THEN coalesce(finished_at, now()) ELSE finished_at END
       WHERE id = $1`,
      [sending.id, recipients.at(-1)?.position ?? 0, isLast],
    );
    if (!isLast) return true;
    await tx.query('UPDATE pending_acts SET done_at = now() WHERE id = $1 AND done_at IS NULL', [payload.actId]);
    await settle(tx, outboxId);
    return false;
  }

  private async sendTest(
    tx: Queryable,
    { announcementId, userId, testId }: Payload<'announcement-test'>,
  ): Promise<JobOutcome> {
    const sending = await lockSending(tx, announcementId);
    const { rows } = await tx.query<ReaderColumns & { name: string }>(
      `SELECT u.name, ${READER_COLUMNS} FROM users u WHERE u.id = $1 AND u.erased_at IS NULL`,
      [userId],
    );
    const [person] = rows;
    if (sending === null || person === undefined) return 'outdated';
    const { competitionId, title, startDate } = sending;
    const recipient = { name: person.name, participation: null };
    const competition = { id: competitionId, title, startDate };
    const filledIn = fillIn(sending, competition, recipient, readerOf(person), this.env);
    const content = { kind: 'ANNOUNCEMENT', params: { ...filledIn, isTest: true } } as const;
    await this.sender.send(tx, [{ userId, content, aboutId: announcementId, occurrence: testId, competitionId }]);
    return 'done';
  }
}

/**
 * From then on it cannot be undone. The competition's row first: it is the lock of undoing. A second run finds the claim
 * of the first one, and goes on.
 */
async function claimAct(
  tx: Queryable,
  outboxId: string,
  { actId }: Payload<'announce'>,
): Promise<'claimed' | JobOutcome> {
  await tx.query(
    `SELECT FROM competitions WHERE id = (SELECT competition_id FROM pending_acts WHERE id = $1) FOR NO KEY UPDATE`,
    [actId],
  );
  if (!(await lockUnsettled(tx, outboxId))) return 'done';
  const { rowCount } = await tx.query(
    `UPDATE pending_acts SET claimed_at = coalesce(claimed_at, now()) WHERE id = $1 AND undone_at IS NULL`,
    [actId],
  );
  return rowCount === 1 ? 'claimed' : settle(tx, outboxId, 'outdated');
}

/** Once: a second run would include people who came in between. */
async function freeze(tx: Queryable, { announcementId, actId }: Payload<'announce'>): Promise<void> {
  const sending = await lockSending(tx, announcementId);
  if (sending === null || sending.isFrozen) return;
  const { competitionId, audience, previewId } = sending;
  await tx.query(FREEZE, [...audienceValues(competitionId, audience), previewId, announcementId, actId]);
}

async function lockSending(tx: Queryable, announcementId: string): Promise<Sending | null> {
  await tx.query('SELECT FROM announcements WHERE id = $1 FOR NO KEY UPDATE', [announcementId]);
  const { rows } = await tx.query<Sending>(
    `SELECT a.id, a.competition_id AS "competitionId", a.subject, a.body, a.audience, a.preview_id AS "previewId", a.handled,
            a.frozen_at IS NOT NULL AS "isFrozen", a.stopped_at IS NOT NULL AS "isStopped",
            c.title, c.start_date AS "startDate"
     FROM announcements a JOIN competitions c ON c.id = a.competition_id WHERE a.id = $1`,
    [announcementId],
  );
  return rows[0] ?? null;
}

async function nextRecipients(tx: Queryable, { id, handled }: Sending, limit: number): Promise<Recipient[]> {
  const { rows } = await tx.query<Recipient>({
    name: 'next_recipients',
    text: `SELECT r.user_id AS "userId", r.position, u.name, ${READER_COLUMNS}, jsonb_build_object(
                    'registrationId', r.registration_id,
                    'userId', (SELECT r.user_id FROM registrations WHERE id = r.registration_id AND team_id IS NOT NULL)
                  ) AS participation,
                  u.erased_at IS NOT NULL AS "isErased"
           FROM announcement_recipients r JOIN users u ON u.id = r.user_id
           WHERE r.announcement_id = $1 AND r.position > $2
           ORDER BY r.position LIMIT $3`,
    values: [id, handled, limit],
  });
  return rows;
}

/** People who were in the preview and still belong to the audience. The others are counted, for the staff to see. */
const FREEZE = `
  WITH audience AS MATERIALIZED (${AUDIENCE}), wanted AS MATERIALIZED (
    SELECT unnest(user_ids) AS user_id FROM announcement_previews WHERE id = $6
  ), frozen AS (
    INSERT INTO announcement_recipients (announcement_id, user_id, registration_id, position)
    SELECT $7, user_id, registration_id, row_number() OVER (ORDER BY registration_id, user_id)
    FROM audience JOIN wanted USING (user_id)
    WHERE left_out IS NULL
    RETURNING user_id
  ), counted AS (
    SELECT (SELECT count(*) FROM frozen) AS frozen, (SELECT count(*) FROM wanted) AS wanted,
           (SELECT count(*) FROM audience
            WHERE left_out IS NULL AND NOT EXISTS (SELECT FROM wanted w WHERE w.user_id = audience.user_id)) AS late
  ), audited AS (
    INSERT INTO audit_entries (actor_id, action, subject_id, details)
    SELECT a.actor_id, 'announcement.sent', a.competition_id, jsonb_build_object('actId', a.id, 'count', counted.frozen)
    FROM pending_acts a, counted WHERE a.id = $8
  )
  UPDATE announcements
  SET frozen_at = now(), recipients = counted.frozen, skipped = counted.wanted - counted.frozen, not_included = counted.late
  FROM counted WHERE id = $7`;
