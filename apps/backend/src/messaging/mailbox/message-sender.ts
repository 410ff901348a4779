import type { MessageKind } from '@mini-compete/shared/mailbox';
import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import type { Content } from '../templates/message-texts.js';

export interface Message extends Content {
  readonly kind: MessageKind;
  /** A registration, a competition or a session. */
  readonly aboutId: string;
  /** Tells a second message of one kind about one thing from the same job run twice. */
  readonly occurrence?: string;
  readonly competitionId?: string;
}

/** Puts messages into mailboxes, and on their way where there is SMTP. */
@Injectable()
export class MessageSender {
  /** Whether messages go out by mail too. */
  readonly byMail: boolean;

  constructor(@Inject(ENV) env: Pick<Env, 'smtpUrl'>) {
    this.byMail = env.smtpUrl !== null;
  }

  /** Once per recipient, kind, subject and occurrence, however often it is called; `aboutIds` beside `userIds` overrule. */
  async send(tx: Tx, userIds: readonly string[], message: Message, aboutIds?: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    await tx.$executeRaw`
      WITH told AS (
        INSERT INTO mailbox_messages (user_id, kind, about_id, occurrence, competition_id, title, text, delivery)
        SELECT r.user_id, ${message.kind}::"MessageKind", r.about_id, ${message.occurrence ?? ''},
               ${message.competitionId ?? null}::uuid, ${message.title}, ${message.text},
               CASE WHEN ${this.byMail} THEN 'QUEUED' ELSE 'MAILBOX' END::"Delivery"
        FROM unnest(${userIds}::uuid[], ${aboutIds ?? userIds.map(() => message.aboutId)}::uuid[]) AS r (user_id, about_id)
        ON CONFLICT (user_id, kind, about_id, occurrence) DO NOTHING
        RETURNING id
      ), mailed AS (
        INSERT INTO outbox (queue, job, payload)
        SELECT 'mail', 'send', jsonb_build_object('messageId', id) FROM told WHERE ${this.byMail}
        RETURNING id
      )
      SELECT pg_notify('outbox', '') FROM mailed LIMIT 1`;
  }
}
