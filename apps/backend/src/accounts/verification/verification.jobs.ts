import { DEFAULT_LANGUAGE } from '@mini-compete/shared/languages';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Mailer } from '../../messaging/delivery/mailer.js';
import { MessageSender } from '../../messaging/mailbox/message-sender.js';
import { verificationEmail } from '../../messaging/templates/email-template.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { supportedLanguage } from '../../platform/i18n/languages.js';
import { type JobHandlers, type Run, single, transactional } from '../../platform/queue/handler.js';
import { settle } from '../../platform/queue/outbox.js';
import { codeDelivery } from './code-delivery.js';
import { type IssuedVerification, VerificationRequests } from './verification-requests.js';

interface Change {
  readonly userId: string;
  readonly email: string;
}

/**
 * Sends codes. They are generated here, and only the mail contains them. A retry may send a second mail, also when the
 * server hung up and may have accepted the first: its code is new and replaces the earlier one.
 */
@Injectable()
export class VerificationJobs implements JobHandlers {
  readonly handlers;

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Env,
    private readonly prisma: PrismaService,
    private readonly mailer: Mailer,
    private readonly requests: VerificationRequests,
    messages: MessageSender,
  ) {
    this.handlers = [
      single('verify-email', (run) => this.send(run)),
      // A mailbox message, whose mail goes to the old address.
      transactional(pool, 'address-changed', async (tx, { verificationId }) => {
        const { rows } = await tx.query<Change>(
          'SELECT user_id AS "userId", email FROM email_verifications WHERE id = $1',
          [verificationId],
        );
        const [change] = rows;
        // Deleted with its account, so there is no recipient.
        if (change === undefined) return 'outdated';
        const { userId, ...params } = change;
        await messages.send(tx, [{ userId, content: { kind: 'ADDRESS_CHANGED', params }, aboutId: verificationId }]);
        return 'done';
      }),
    ];
  }

  private async send({ outboxId, payload, starts, stopping }: Run<'verify-email'>): Promise<void> {
    const { verificationId } = payload;
    const delivery = codeDelivery(this.env);
    const issued = delivery === 'none' ? null : await this.requests.issue(this.prisma, verificationId);
    if (issued !== null && delivery === 'terminal') print(issued);
    if (issued !== null && delivery === 'email')
      await this.mailer.send(
        {
          id: `${verificationId}.${starts}`,
          to: { name: issued.name, address: issued.email },
          content: verificationEmail({
            recipient: issued.name,
            language: supportedLanguage(issued.language) ?? DEFAULT_LANGUAGE,
            code: issued.code,
            // In the fragment, which no browser sends and no proxy logs.
            url: `${this.env.frontendUrl}/verify-email#token=${issued.token}`,
            frontendUrl: this.env.frontendUrl,
          }),
          calendar: null,
        },
        { beforeBody: () => Promise.resolve(true), signal: stopping, starts },
      );
    await settle(this.pool, outboxId);
  }
}

/** A line for people, not a log entry: `npm start` and `npm run dev` show it in the terminal. */
const print = ({ email, code }: IssuedVerification): void => {
  process.stdout.write(`Verification code for ${email}: ${code}\n`);
};
