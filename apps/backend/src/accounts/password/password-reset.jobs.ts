import { DEFAULT_LANGUAGE } from '@mini-compete/shared/languages';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { Mailer } from '../../messaging/delivery/mailer.js';
import { resetLinkEmail } from '../../messaging/templates/email-template.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { supportedLanguage } from '../../platform/i18n/languages.js';
import { type JobHandlers, type Run, single } from '../../platform/queue/handler.js';
import { settle } from '../../platform/queue/outbox.js';
import { PasswordResetService } from './password-reset.service.js';

/**
 * Sends the link for setting a new password. The token is generated here and only the mail contains it. A retry may
 * send a second mail, also when the server hung up and may have accepted the first: its link is new and invalidates the
 * earlier one.
 */
@Injectable()
export class PasswordResetJobs implements JobHandlers {
  readonly handlers = [single('reset-link', (run) => this.send(run))];

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Env,
    private readonly prisma: PrismaService,
    private readonly mailer: Mailer,
    private readonly resets: PasswordResetService,
  ) {}

  private async send({ outboxId, payload: { passwordResetId }, starts, stopping }: Run<'reset-link'>): Promise<void> {
    // Without SMTP the operator issues links: `npm run admin -- reset-link`.
    const issued = this.mailer.isConfigured
      ? await this.resets.issueToken(this.prisma, passwordResetId, { isMailed: true })
      : null;
    if (issued !== null)
      await this.mailer.send(
        {
          id: `${passwordResetId}.${starts}`,
          to: { name: issued.name, address: issued.email },
          content: resetLinkEmail(
            issued.name,
            supportedLanguage(issued.language) ?? DEFAULT_LANGUAGE,
            this.resets.linkFor(issued.token),
            this.env.frontendUrl,
          ),
          calendar: null,
        },
        { beforeBody: () => Promise.resolve(true), signal: stopping, starts },
      );
    await settle(this.pool, outboxId);
  }
}
