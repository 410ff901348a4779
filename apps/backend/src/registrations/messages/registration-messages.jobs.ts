import type { MessageKind } from '@mini-compete/shared/mailbox';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import * as texts from '../../messaging/templates/message-texts.js';
import { POOL } from '../../platform/database/pool.js';
import { PermanentFailure } from '../../platform/queue/errors.js';
import { batched, type JobHandlers, type Run } from '../../platform/queue/handler.js';
import { enqueueSql, Outbox } from '../../platform/queue/outbox.js';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';

/** A job with its registration. */
interface RegistrationJob extends texts.CompetitionDetails {
  outboxId: string;
  registrationId: string | null;
  promotedAt: Date | null;
  removalReason: string | null;
  settled: boolean;
}

type MessageJob = 'confirmation' | 'waiting' | 'left' | 'removed';
type RenderedMessage = texts.MessageText & { readonly kind: MessageKind };

const RENDER: Record<MessageJob, (job: RegistrationJob) => RenderedMessage> = {
  confirmation: (job) =>
    job.promotedAt === null
      ? { kind: 'CONFIRMED', ...texts.confirmed(job) }
      : { kind: 'PROMOTED', ...texts.promoted(job) },
  waiting: (job) => ({ kind: 'WAITING', ...texts.waiting(job) }),
  left: (job) => ({ kind: 'LEFT', ...texts.left(job) }),
  removed: (job) => ({ kind: 'REMOVED', ...texts.removed(job, job.removalReason) }),
};

/**
 * Sends the messages about single registrations; a seat is CONFIRMED from its message on. The status, the message, the
 * mail job and the settled job are written by one statement, so a second run, also after a crash, sends nothing again.
 */
@Injectable()
export class RegistrationMessageJobs implements JobHandlers {
  readonly handlers = [
    batched('confirmation', (runs) => this.send(runs, RENDER.confirmation)),
    batched('waiting', (runs) => this.send(runs, RENDER.waiting)),
    batched('left', (runs) => this.send(runs, RENDER.left)),
    batched('removed', (runs) => this.send(runs, RENDER.removed)),
  ];

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly outbox: Outbox,
    private readonly messages: MessageSender,
  ) {}

  /** Returns the outbox ids of the jobs that are done. */
  private async send(
    runs: readonly Run<MessageJob>[],
    render: (job: RegistrationJob) => RenderedMessage,
  ): Promise<readonly string[]> {
    const jobs = await this.find(runs);
    if (runs.length === 1 && jobs[0]?.settled === false && jobs[0].registrationId === null)
      throw new PermanentFailure('The registration does not exist.');
    const open = jobs.filter(({ settled, registrationId }) => !settled && registrationId !== null);
    const messages = open.map(render);
    const { rows } = await this.pool.query<{ id: string }>({
      name: runs.length === 1 ? 'send_message' : 'send_messages',
      text: runs.length === 1 ? SEND_ONE : SEND_BATCH,
      values: [
        open.map(({ outboxId }) => outboxId),
        open.map(({ registrationId }) => registrationId),
        messages.map(({ kind }) => kind),
        messages.map(({ title }) => title),
        messages.map(({ text }) => text),
        this.messages.byMail,
      ],
    });
    if (this.messages.byMail) this.outbox.wake();
    return [...jobs.filter(({ settled }) => settled).map(({ outboxId }) => outboxId), ...rows.map(({ id }) => id)];
  }

  private async find(runs: readonly Run<MessageJob>[]): Promise<RegistrationJob[]> {
    const { rows } = await this.pool.query<RegistrationJob>({
      name: 'registrations_of_jobs',
      text: FIND,
      values: [runs.map(({ outboxId }) => outboxId), runs.map(({ payload }) => payload.registrationId)],
    });
    return rows;
  }
}

const FIND = `
  SELECT j.outbox_id AS "outboxId", r.id AS "registrationId", r.promoted_at AS "promotedAt",
         r.removal_reason AS "removalReason", o.id IS NULL AS settled,
         c.title, c.start_date AS "startDate", c.end_date AS "endDate", c.location
  FROM unnest($1::uuid[], $2::uuid[]) AS j (outbox_id, registration_id)
  LEFT JOIN LATERAL (SELECT id FROM outbox WHERE id = j.outbox_id AND settled_at IS NULL LIMIT 1) o ON true
  LEFT JOIN LATERAL (SELECT * FROM registrations WHERE id = j.registration_id LIMIT 1) r ON true
  LEFT JOIN LATERAL (SELECT * FROM competitions WHERE id = r.competition_id LIMIT 1) c ON true`;

/**
 * A batch skips rows that are locked: a transaction that ends many registrations locks many rows, and the two could
 * deadlock. A single job waits for the lock.
 */
const sendSql = (ifLocked: 'SKIP LOCKED' | '') => `
  WITH job AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::"MessageKind"[], $4::text[], $5::text[])
      AS j (outbox_id, registration_id, kind, title, text)
  ), unsettled AS MATERIALIZED (
    SELECT id FROM outbox WHERE id = ANY ($1::uuid[]) AND settled_at IS NULL FOR UPDATE ${ifLocked}
  ), registration AS MATERIALIZED (
    SELECT id, user_id, competition_id, status FROM registrations WHERE id = ANY ($2::uuid[])
    FOR NO KEY UPDATE ${ifLocked}
  ), due AS (
    SELECT job.*, r.user_id, r.competition_id, r.status
    FROM job JOIN unsettled ON unsettled.id = job.outbox_id JOIN registration r ON r.id = job.registration_id
  ), confirmed AS (
    UPDATE registrations r SET status = 'CONFIRMED'
    FROM due
    WHERE r.id = due.registration_id AND r.status = 'PENDING' AND due.kind IN ('CONFIRMED', 'PROMOTED')
  ), sent AS (
    INSERT INTO mailbox_messages (user_id, kind, about_id, competition_id, title, text, delivery)
    SELECT user_id, kind, registration_id, competition_id, title, text,
           -- No mail about a registration that has ended: a later message says why it ended.
           CASE WHEN $6::boolean AND (status ${IS_ACTIVE} OR kind IN ('LEFT', 'REMOVED'))
                THEN 'QUEUED' ELSE 'MAILBOX' END::"Delivery"
    FROM due
    ON CONFLICT (user_id, kind, about_id, occurrence) DO NOTHING
    RETURNING id, delivery
  ), mailed AS (
    ${enqueueSql('send', { messageId: 'id' }, `FROM sent WHERE delivery = 'QUEUED'`)}
  )
  UPDATE outbox o SET settled_at = now() FROM due WHERE o.id = due.outbox_id
  RETURNING o.id`;

const SEND_BATCH = sendSql('SKIP LOCKED');
const SEND_ONE = sendSql('');
