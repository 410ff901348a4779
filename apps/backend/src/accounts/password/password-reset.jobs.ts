import { Inject, Injectable } from '@nestjs/common';
import { Mailer } from '../../messaging/delivery/mailer.js';
import { SmtpFailure } from '../../messaging/delivery/smtp.js';
import { footer } from '../../messaging/templates/email-template.js';
import { resetLink } from '../../messaging/templates/message-texts.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { Unreachable } from '../../platform/queue/errors.js';
import { type JobHandlers, type Run, single } from '../../platform/queue/handler.js';
import { settle } from '../../platform/queue/outbox.js';
import { PasswordResetService } from './password-reset.service.js';

/**
 * Sends the link for setting a new password. The token is generated here and only the mail contains it. A retry may
 * send a second mail: its link is new and invalidates the earlier one.
 */
@Injectable()
export class PasswordResetJobs implements JobHandlers {
  readonly handlers = [single('reset-link', (run) => this.send(run))];

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly prisma: PrismaService,
    private readonly mailer: Mailer,
    private readonly resets: PasswordResetService,
  ) {}

  private async send({ outboxId, payload: { passwordResetId }, starts, stopping }: Run<'reset-link'>): Promise<void> {
    // Without SMTP the operator issues links: `npm run admin -- reset-link`.
    const issued = this.mailer.isConfigured ? await this.resets.issueToken(this.prisma, passwordResetId) : null;
    if (issued !== null)
      try {
        await this.mailer.send(
          {
            id: `${passwordResetId}.${starts}`,
            to: { name: issued.name, address: issued.email },
            content: {
              ...resetLink(),
              recipient: issued.name,
              action: { label: 'Set a new password', url: this.resets.linkFor(issued.token) },
              footer: footer(this.env.frontendUrl),
            },
            calendar: null,
          },
          { beforeBody: () => Promise.resolve(true), signal: stopping, starts },
        );
      } catch (error) {
        throw error instanceof SmtpFailure ? new Unreachable('The mail server', error) : error;
      }
    await settle(this.prisma, [outboxId]);
  }
}
