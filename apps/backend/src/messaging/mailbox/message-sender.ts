import type { MessageKind } from '@mini-compete/shared/mailbox';
import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { enqueueSql } from '../../platform/queue/outbox.js';
import type { MessageText } from '../templates/message-texts.js';

export interface Message extends MessageText {
  readonly kind: MessageKind;
  /** The registration, competition or session that the message is about. */
  readonly aboutId: string;
  /** Distinguishes a second message of a kind about one thing from a second run of the same job. */
  readonly occurrence?: string;
  readonly competitionId?: string;
}

const ENQUEUE_SEND = Prisma.raw(enqueueSql('send', { messageId: 'id' }, 'FROM sent'));

/** Writes messages to mailboxes, and enqueues their delivery if SMTP is configured. */
@Injectable()
export class MessageSender {
  /** Whether messages are sent by mail too. */
  readonly byMail: boolean;

  constructor(@Inject(ENV) env: Pick<Env, 'smtpUrl'>) {
    this.byMail = env.smtpUrl !== null;
  }

  /**
   * Idempotent: one message per recipient, kind, subject (`aboutId`) and occurrence. `aboutIds`, parallel to `userIds`,
   * gives each recipient a subject of their own.
   */
  async send(tx: Tx, userIds: readonly string[], message: Message, aboutIds?: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    await tx.$executeRaw`
      WITH sent AS (
        INSERT INTO mailbox_messages (user_id, kind, about_id, occurrence, competition_id, title, text, delivery)
        SELECT r.user_id, ${message.kind}::"MessageKind", r.about_id, ${message.occurrence ?? ''},
               ${message.competitionId ?? null}::uuid, ${message.title}, ${message.text},
               CASE WHEN ${this.byMail} THEN 'QUEUED' ELSE 'MAILBOX' END::"Delivery"
        FROM unnest(${userIds}::uuid[], ${aboutIds ?? userIds.map(() => message.aboutId)}::uuid[]) AS r (user_id, about_id)
        ON CONFLICT (user_id, kind, about_id, occurrence) DO NOTHING
        RETURNING id
      ), mailed AS (
        ${ENQUEUE_SEND} WHERE ${this.byMail}
        RETURNING id
      )
      SELECT pg_notify('outbox', '') FROM mailed LIMIT 1`;
  }
}
