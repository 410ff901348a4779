import type { MessageKind } from '@mini-compete/shared/mailbox';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import * as messages from '../../messaging/templates/message-texts.js';
import { POOL } from '../../platform/database/pool.js';
import { PermanentFailure } from '../../platform/queue/errors.js';
import { batched, type JobHandlers, type Run } from '../../platform/queue/handler.js';
import { Outbox } from '../../platform/queue/outbox.js';

interface Facts extends messages.CompetitionFacts {
  outboxId: string;
  registrationId: string | null;
  promotedAt: Date | null;
  removalReason: string | null;
  settled: boolean;
}

type TellingJob = 'confirmation' | 'waiting' | 'left' | 'removed';
type Told = messages.Content & { readonly kind: MessageKind };

const confirmation = (facts: Facts): Told =>
  facts.promotedAt === null
    ? { kind: 'CONFIRMED', ...messages.confirmed(facts) }
    : { kind: 'PROMOTED', ...messages.promoted(facts) };
const waiting = (facts: Facts): Told => ({ kind: 'WAITING', ...messages.waiting(facts) });
const left = (facts: Facts): Told => ({ kind: 'LEFT', ...messages.left(facts) });
const removed = (facts: Facts): Told => ({ kind: 'REMOVED', ...messages.removed(facts, facts.removalReason) });

/**
 * Tells one person of one registration; a seat that is told of is CONFIRMED from then on. The status, the message,
 * its way out and the settling are one statement: twice, or after dying halfway, there is still one message.
 */
@Injectable()
export class RegistrationMessageJobs implements JobHandlers {
  readonly handlers = [
    batched('confirmation', (runs) => this.tell(runs, confirmation)),
    batched('waiting', (runs) => this.tell(runs, waiting)),
    batched('left', (runs) => this.tell(runs, left)),
    batched('removed', (runs) => this.tell(runs, removed)),
  ];

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly outbox: Outbox,
    private readonly tellService: MessageSender,
  ) {}

  private async tell(runs: readonly Run<TellingJob>[], compose: (facts: Facts) => Told): Promise<readonly string[]> {
    const found = await this.find(runs);
    if (runs.length === 1 && found[0]?.settled === false && found[0].registrationId === null)
      throw new PermanentFailure('The registration does not exist.');
    const open = found.filter(({ settled, registrationId }) => !settled && registrationId !== null);
    const told = open.map(compose);
    const { rows } = await this.pool.query<{ id: string }>({
      name: runs.length === 1 ? 'tell_one' : 'tell_many',
      text: runs.length === 1 ? TELL_ONE : TELL_MANY,
      values: [
        open.map(({ outboxId }) => outboxId),
        open.map(({ registrationId }) => registrationId),
        told.map(({ kind }) => kind),
        told.map(({ title }) => title),
        told.map(({ text }) => text),
        this.tellService.byMail,
      ],
    });
    if (this.tellService.byMail) this.outbox.wake();
    return [...found.filter(({ settled }) => settled).map(({ outboxId }) => outboxId), ...rows.map(({ id }) => id)];
  }

  private async find(runs: readonly Run<TellingJob>[]): Promise<Facts[]> {
    const { rows } = await this.pool.query<Facts>({
      name: 'registrations_to_tell',
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
 * Many at once skip a row that somebody holds (who leaves many at once holds many, and each waiting for the other
 * would be a deadlock); a lone one waits for it.
 */
const tell = (ifHeld: 'SKIP LOCKED' | '') => `
  WITH job AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::"MessageKind"[], $4::text[], $5::text[])
      AS j (outbox_id, registration_id, kind, title, text)
  ), unsettled AS MATERIALIZED (
    SELECT id FROM outbox WHERE id = ANY ($1::uuid[]) AND settled_at IS NULL FOR UPDATE ${ifHeld}
  ), held AS MATERIALIZED (
    SELECT id, user_id, competition_id, status FROM registrations WHERE id = ANY ($2::uuid[])
    FOR NO KEY UPDATE ${ifHeld}
  ), due AS (
    SELECT job.*, held.user_id, held.competition_id, held.status
    FROM job JOIN unsettled ON unsettled.id = job.outbox_id JOIN held ON held.id = job.registration_id
  ), confirmed AS (
    UPDATE registrations r SET status = 'CONFIRMED'
    FROM due
    WHERE r.id = due.registration_id AND r.status = 'PENDING' AND due.kind IN ('CONFIRMED', 'PROMOTED')
  ), told AS (
    INSERT INTO mailbox_messages (user_id, kind, about_id, competition_id, title, text, delivery)
    SELECT user_id, kind, registration_id, competition_id, title, text,
           -- Of a seat that is gone again already no mail goes out; what follows it says why.
           CASE WHEN $6::boolean AND (status <> 'CANCELLED' OR kind IN ('LEFT', 'REMOVED'))
                THEN 'QUEUED' ELSE 'MAILBOX' END::"Delivery"
    FROM due
    ON CONFLICT (user_id, kind, about_id, occurrence) DO NOTHING
    RETURNING id, delivery
  ), mailed AS (
    INSERT INTO outbox (queue, job, payload)
    SELECT 'mail', 'send', jsonb_build_object('messageId', id) FROM told WHERE delivery = 'QUEUED'
  )
  UPDATE outbox o SET settled_at = now() FROM due WHERE o.id = due.outbox_id
  RETURNING o.id`;

const TELL_MANY = tell('SKIP LOCKED');
const TELL_ONE = tell('');
