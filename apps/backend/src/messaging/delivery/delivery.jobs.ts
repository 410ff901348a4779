import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { PermanentFailure } from '../../platform/queue/errors.js';
import { type JobHandlers, type Run, single } from '../../platform/queue/handler.js';
import { emailFor, type StoredMessage, WITH_CALENDAR } from '../templates/email-templates.js';
import { CALENDAR, type Calendar } from './calendar.token.js';
import { Mailer } from './mailer.js';
import { NotOursToSend, SmtpFailure } from './smtp.js';

interface Row extends StoredMessage {
  delivery: 'MAILBOX' | 'QUEUED' | 'SENDING' | 'SENT' | 'FAILED' | 'UNKNOWN';
  email: string;
}

/**
 * One message by SMTP. QUEUED until the body begins to go out, SENDING until the server has answered.
 * Whoever dies before the body is followed by a retry; whoever dies after it leaves SENDING behind, which becomes
 * UNKNOWN: it errs on the side of one mail too few, since an admin sees it and can mend it.
 */
@Injectable()
export class DeliveryJobs implements JobHandlers {
  readonly handlers = [single('send', (run) => this.send(run))];

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Env,
    @Inject(CALENDAR) private readonly calendar: Calendar,
    private readonly prisma: PrismaService,
    private readonly mailer: Mailer,
  ) {}

  private async send({ outboxId, payload: { messageId }, starts, stopping }: Run<'send'>): Promise<void> {
    const message = await this.find(messageId);
    if (message === null) throw new PermanentFailure('The message does not exist any more.');
    // Somebody is sending it, or died doing so: not ours to send, and not ours to settle.
    if (message.delivery === 'SENDING') return;
    if (message.delivery !== 'QUEUED') return this.settle(outboxId);
    if (!this.mailer.isThere) return this.become('MAILBOX', messageId, outboxId);

    try {
      await this.mailer.send(
        {
          id: messageId,
          to: { name: message.recipient, address: message.email },
          letter: emailFor(message, this.env),
          calendar: await this.calendarOf(message),
        },
        { beforeBody: () => this.beginBody(messageId), signal: stopping, starts },
      );
    } catch (error) {
      if (error instanceof NotOursToSend) return;
      if (error instanceof SmtpFailure && error.stage === 'body') return this.become('UNKNOWN', messageId, outboxId);
      // An answer, even to the whole body, says that the message was not taken.
      await this.pool.query(
        `UPDATE mailbox_messages SET delivery = 'QUEUED', sending_at = NULL WHERE id = $1 AND delivery = 'SENDING'`,
        [messageId],
      );
      throw error;
    }
    await this.become('SENT', messageId, outboxId);
  }

  private async calendarOf({ kind, competitionId }: Row): Promise<string | null> {
    return competitionId !== null && WITH_CALENDAR.has(kind) ? this.calendar.find(this.prisma, competitionId) : null;
  }

  /** Compare and set, right before the first byte: of two who are here at once one goes on. */
  private async beginBody(messageId: string): Promise<boolean> {
    const { rowCount } = await this.pool.query({
      name: 'begin_body',
      text: `UPDATE mailbox_messages SET delivery = 'SENDING', sending_at = clock_timestamp()
             WHERE id = $1 AND delivery = 'QUEUED'`,
      values: [messageId],
    });
    return rowCount === 1;
  }

  /** What became of it and the settling in one statement. Who was given up for lost and comes back knows better. */
  private async become(delivery: 'MAILBOX' | 'SENT' | 'UNKNOWN', messageId: string, outboxId: string): Promise<void> {
    await this.pool.query({
      name: 'message_became',
      text: `WITH became AS (
               UPDATE mailbox_messages
               SET delivery = $1::"Delivery", sent_at = CASE WHEN $1 = 'SENT' THEN clock_timestamp() END
               WHERE id = $2 AND delivery IN ('QUEUED', 'SENDING', 'UNKNOWN')
             )
             UPDATE outbox SET settled_at = now() WHERE id = $3 AND settled_at IS NULL`,
      values: [delivery, messageId, outboxId],
    });
  }

  private async settle(outboxId: string): Promise<void> {
    await this.pool.query('UPDATE outbox SET settled_at = now() WHERE id = $1 AND settled_at IS NULL', [outboxId]);
  }

  private async find(messageId: string): Promise<Row | null> {
    const { rows } = await this.pool.query<Row>({
      name: 'message_to_send',
      text: `SELECT m.kind, m.about_id AS "aboutId", m.title, m.text, m.competition_id AS "competitionId", m.delivery,
                    u.name AS recipient, u.email
             FROM mailbox_messages m JOIN users u ON u.id = m.user_id
             WHERE m.id = $1`,
      values: [messageId],
    });
    return rows[0] ?? null;
  }
}
