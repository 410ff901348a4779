import { DEFAULT_LANGUAGE } from '@mini-compete/shared/languages';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import type { Delivery } from '../../platform/database/generated/client.js';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { supportedLanguage } from '../../platform/i18n/languages.js';
import { PermanentFailure } from '../../platform/queue/errors.js';
import { type JobHandlers, type Run, single } from '../../platform/queue/handler.js';
import { isUnsettledJob, type JobOutcome, settle } from '../../platform/queue/outbox.js';
import { emailFor, type StoredMessage, WITH_CALENDAR, WITH_TICKET } from '../templates/email-template.js';
import { type MailTicket, TICKETS, type TicketSource } from './mail-ticket.js';
import { AddressRefused, Mailer } from './mailer.js';
import { AlreadyClaimed, SmtpFailure } from './smtp.js';

/** Finds the iCalendar file of a competition; null without a date. The competitions area implements it. */
export interface Calendar {
  find(tx: Tx, competitionId: string): Promise<string | null>;
}
export const CALENDAR = Symbol('CALENDAR');

interface Row extends Omit<StoredMessage, 'participation'> {
  registrationId: string | null;
  isOfTeam: boolean;

  delivery: 'MAILBOX' | 'QUEUED' | 'SENDING' | 'SENT' | 'FAILED' | 'UNKNOWN';
  email: string;
  userId: string;
  /** A later message tells the person something else about their place in the competition, or they have unsubscribed. */
  isOutdated: boolean;
  isErased: boolean;
}
type Message = Row & StoredMessage;

/**
 * Sends one message by SMTP, at most once. Its delivery status is QUEUED until the body begins and SENDING until the
 * server responds. A worker that dies before the body leaves QUEUED, and a retry sends the message. One that dies later
 * leaves SENDING, which becomes UNKNOWN and is not retried: an admin sees such messages and can send them again.
 */
@Injectable()
export class DeliveryJobs implements JobHandlers {
  readonly handlers = [single('send', (run) => this.send(run))];

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Env,
    @Inject(CALENDAR) private readonly calendar: Calendar,
    @Inject(TICKETS) private readonly tickets: TicketSource,
    private readonly prisma: PrismaService,
    private readonly mailer: Mailer,
  ) {}

  private async send({ outboxId, payload: { messageId }, starts, stopping }: Run<'send'>): Promise<JobOutcome> {
    const message = await this.find(messageId);
    if (message === null) throw new PermanentFailure('The message no longer exists.');
    // Another worker is sending it, or died while sending: that worker or the stale delivery job settles the job.
    if (message.delivery === 'SENDING') return 'done';
    if (message.delivery !== 'QUEUED') return settle(this.pool, outboxId);
    if (message.isOutdated || message.isErased) return this.complete('MAILBOX', messageId, outboxId, 'outdated');
    if (!this.mailer.isConfigured) return this.complete('MAILBOX', messageId, outboxId);

    const ticket = await this.ticketOf(message);
    try {
      await this.mailer.send(
        {
          id: messageId,
          to: { name: message.recipient, address: message.email },
          content: emailFor(message, this.env, ticket),
          calendar: await this.calendarOf(message, ticket),
          ticket,
        },
        { beforeBody: () => this.claim(messageId), signal: stopping, starts },
      );
    } catch (error) {
      if (error instanceof AlreadyClaimed) return 'done';
      if (error instanceof SmtpFailure && error.stage === 'body') return this.complete('UNKNOWN', messageId, outboxId);
      if (error instanceof AddressRefused) await this.recordBounce(message, error.responseCode);
      // Nothing was delivered: the failure came before the body, or the server refused the message after it.
      await this.pool.query(
        `UPDATE mailbox_messages SET delivery = 'QUEUED', sending_at = NULL WHERE id = $1 AND ${hasDelivery('SENDING')}`,
        [messageId],
      );
      throw error;
    }
    return this.complete('SENT', messageId, outboxId);
  }

  /** Nothing while the account has got another address. */
  private async recordBounce({ userId, email }: Row, code: number): Promise<void> {
    await this.pool.query({
      name: 'record_bounce',
      text: `INSERT INTO bounced_addresses (user_id, email, code)
             SELECT id, email, $3 FROM users WHERE id = $1 AND email = $2
             ON CONFLICT (user_id) DO UPDATE SET email = excluded.email, code = excluded.code, bounced_at = now()`,
      values: [userId, email, code],
    });
  }

  /** Also with the ticket of somebody who has joined a team with seats: no confirmation follows. */
  private async calendarOf({ kind, competitionId }: Row, ticket: MailTicket | null): Promise<string | null> {
    return competitionId !== null && (WITH_CALENDAR.has(kind) || ticket !== null)
      ? this.calendar.find(this.prisma, competitionId)
      : null;
  }

  private async ticketOf({ kind, registrationId, userId }: Row): Promise<MailTicket | null> {
    return WITH_TICKET.has(kind) && registrationId !== null
      ? this.tickets.findForMail({ registrationId, userId })
      : null;
  }

  /** Compare-and-set right before the first byte of the body: only one of two concurrent workers sends it. */
  private async claim(messageId: string): Promise<boolean> {
    const { rowCount } = await this.pool.query({
      name: 'claim_message',
      text: `UPDATE mailbox_messages SET delivery = 'SENDING', sending_at = clock_timestamp()
             WHERE id = $1 AND ${hasDelivery('QUEUED')}`,
      values: [messageId],
    });
    return rowCount === 1;
  }

  /**
   * Sets the delivery status and settles the job in one statement. UNKNOWN may be replaced: a slow worker whose
   * delivery was declared stale knows the result.
   */
  private async complete(
    delivery: 'MAILBOX' | 'SENT' | 'UNKNOWN',
    messageId: string,
    outboxId: string,
    outcome: JobOutcome = 'done',
  ): Promise<JobOutcome> {
    await this.pool.query({
      name: 'complete_delivery',
      text: `WITH completed AS (
               UPDATE mailbox_messages
               SET delivery = $1::"Delivery", sent_at = CASE WHEN $1 = 'SENT' THEN clock_timestamp() END
               WHERE id = $2 AND ${hasDelivery('QUEUED', 'SENDING', 'UNKNOWN')}
             )
             UPDATE outbox SET settled_at = now(), outdated = $4 WHERE id = $3 AND ${isUnsettledJob()}`,
      values: [delivery, messageId, outboxId, outcome === 'outdated'],
    });
    return outcome;
  }

  private async find(messageId: string): Promise<Message | null> {
    const { rows } = await this.pool.query<Row>({
      name: 'message_to_send',
      text: `SELECT m.kind, m.about_id AS "aboutId", m.language, m.title, m.text, m.html, m.competition_id AS "competitionId",
                    m.delivery, u.id AS "userId", u.name AS recipient, own.id AS "registrationId",
                    own.team_id IS NOT NULL AS "isOfTeam",
                    EXISTS (
                      SELECT FROM teams t WHERE t.id = own.team_id AND t.captain_id <> m.user_id
                    ) AS "isMemberOnly",
                    -- To the old address, also when the new one has been verified before this mail is sent.
                    coalesce(change.old_email, u.email) AS email,
                    u.erased_at IS NOT NULL AS "isErased",
                    CASE WHEN m.kind = 'ANNOUNCEMENT' THEN EXISTS (
                      SELECT FROM announcement_opt_outs o
                      WHERE announced.user_id = o.user_id AND o.competition_id = m.competition_id
                    ) WHEN m.kind = 'TEAM_CHANGED' THEN EXISTS (
                      SELECT FROM mailbox_messages later
                      WHERE later.user_id = m.user_id AND later.id > m.id AND later.competition_id = m.competition_id
                        AND later.kind IN ('LEFT', 'REMOVED', 'NO_SHOW', 'COMPETITION_CANCELLED')
                    ) WHEN m.kind::text LIKE 'INVIT%' THEN EXISTS (
                      -- Another about an invitation, or the end of all invitations: the seat, or the cancellation.
                      SELECT FROM mailbox_messages later
                      WHERE later.user_id = m.user_id AND later.id > m.id AND later.competition_id = m.competition_id
                        AND (
                          later.kind::text LIKE 'INVIT%'
                          OR later.kind IN ('CONFIRMED', 'PROMOTED', 'HELD', 'COMPETITION_CANCELLED')
                        )
                    ) ELSE m.kind::text NOT LIKE 'STAFF%' AND EXISTS (
                      SELECT FROM mailbox_messages later
                      WHERE later.user_id = m.user_id AND later.id > m.id AND later.competition_id = m.competition_id
                        AND later.kind NOT IN (
                          'COMPETITION_CHANGED', 'REMINDER', 'ANNOUNCEMENT', 'TEAM_CHANGED', 'TEAM_BELOW_MINIMUM'
                        )
                        AND later.kind::text NOT LIKE 'STAFF%' AND later.kind::text NOT LIKE 'INVIT%'
                    ) END AS "isOutdated"
             FROM mailbox_messages m JOIN users u ON u.id = m.user_id
             LEFT JOIN announcement_recipients announced
               ON m.kind = 'ANNOUNCEMENT' AND m.occurrence = '' AND announced.announcement_id = m.about_id
               AND announced.user_id = m.user_id
             LEFT JOIN LATERAL (
               SELECT id, team_id FROM registrations WHERE id = coalesce(announced.registration_id, m.about_id)
               UNION ALL
               SELECT r.id, r.team_id FROM team_members member JOIN registrations r ON r.team_id = member.team_id
               WHERE m.kind = 'TEAM_JOINED' AND member.id = m.about_id AND r.status <> 'CANCELLED'
               LIMIT 1
             ) own ON true
             LEFT JOIN email_verifications change ON m.kind = 'ADDRESS_CHANGED' AND change.id = m.about_id
             WHERE m.id = $1`,
      values: [messageId],
    });
    const [row] = rows;
    // A newer version, which may have more languages, may have written the message.
    if (row === undefined) return null;
    const { registrationId, isOfTeam, userId } = row;
    return {
      ...row,
      language: supportedLanguage(row.language) ?? DEFAULT_LANGUAGE,
      participation: registrationId === null ? null : { registrationId, userId: isOfTeam ? userId : null },
    };
  }
}

/**
 * Of a message that is found by its id. Compared as text, because the planner would otherwise read the index of messages
 * under way instead: see isUnsettledJob.
 */
function hasDelivery(...values: readonly Delivery[]): string {
  return `delivery::text IN (${values.map((value) => `'${value}'`).join(', ')})`;
}
