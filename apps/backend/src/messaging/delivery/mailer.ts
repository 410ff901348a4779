import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import MailComposer from 'nodemailer/lib/mail-composer';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { parseSmtpUrl } from '../../platform/config/smtp-url.js';
import { PermanentFailure, Unreachable } from '../../platform/queue/errors.js';
import { type EmailContent, renderHtml, renderText, TICKET_PICTURE } from '../templates/email-template.js';
import type { MailTicket } from './mail-ticket.js';
import { SmtpFailure, SmtpPool } from './smtp.js';

export interface Mail {
  /** Part of the Message-ID, so that mail programs recognize a second copy of a message. */
  readonly id: string;
  readonly to: { readonly name?: string; readonly address: string };
  readonly content: EmailContent;
  /** An iCalendar file to attach. */
  readonly calendar: string | null;
  readonly ticket?: MailTicket | null;
}

export interface SendOptions {
  readonly beforeBody: () => Promise<boolean>;
  readonly signal: AbortSignal;
  /** How many times the job was started, including starts that were not counted as attempts. */
  readonly starts: number;
}

/** The mail server has refused the address for good. */
export class AddressRefused extends PermanentFailure {
  constructor(
    message: string,
    readonly responseCode: number,
  ) {
    super(message);
  }
}

/** After this many starts, a lost connection spends an attempt: the message itself may cause it and block the queue. */
const MAX_UNREACHABLE_STARTS = 10;

@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly pool: SmtpPool | null;
  private readonly from: string;
  private readonly fromAddress: string;

  constructor(@Inject(ENV) env: Pick<Env, 'smtpUrl' | 'mailFrom'>) {
    this.pool = env.smtpUrl === null ? null : new SmtpPool(parseSmtpUrl(env.smtpUrl));
    this.from = env.mailFrom;
    // MAIL_FROM is an address, or a name and an address in angle brackets.
    this.fromAddress = /[^\s<>]+(?=>?$)/.exec(env.mailFrom)?.[0] ?? env.mailFrom;
  }

  get isConfigured(): boolean {
    return this.pool !== null;
  }

  /**
   * Sends a mail at most once. Throws `SmtpFailure` when the delivery is uncertain (stage `body`), `Unreachable` when
   * the server did not respond, `PermanentFailure` after a 5xx response (`AddressRefused` when it concerns the address), and any other error after another refusal.
   */
  async send(mail: Mail, { beforeBody, signal, starts }: SendOptions): Promise<void> {
    if (this.pool === null) throw new Error('SMTP_URL is not set.');
    const raw = await this.compose(mail);
    const envelope = { from: this.fromAddress, to: mail.to.address };
    try {
      await this.pool.send({ envelope, raw, beforeBody, signal });
    } catch (error) {
      throw error instanceof SmtpFailure ? this.classify(error, starts) : error;
    }
  }

  onApplicationShutdown(): void {
    this.pool?.close();
  }

  private classify(failure: SmtpFailure, starts: number): Error {
    const { stage, responseCode } = failure;
    // Greeting and login concern no single message, and 421 means that the server accepts none for now.
    if (stage === 'connecting' || responseCode === 421) return new Unreachable('The mail server', failure);
    if (responseCode === null)
      return stage === 'body' || starts > MAX_UNREACHABLE_STARTS
        ? failure
        : new Unreachable('The mail server', failure);
    if (failure.isHardBounce) return new AddressRefused(failure.message, responseCode);
    return responseCode >= 500 ? new PermanentFailure(failure.message) : new Error(failure.message);
  }

  /** Passes name and title as values, so that their content cannot become a header or an address (header injection). */
  private compose({ id, to, content, calendar, ticket = null }: Mail): Promise<Buffer> {
    const domain = this.fromAddress.split('@').at(-1);
    return new MailComposer({
      messageId: `<${id}@${domain}>`,
      from: this.from,
      to: { name: singleLine(to.name ?? ''), address: to.address },
      subject: singleLine(content.title),
      text: renderText(content),
      html: renderHtml(content),
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        // One click in the mail program, without opening a page (RFC 8058).
        ...(content.unsubscribe && {
          'List-Unsubscribe': `<${content.unsubscribe.oneClickUrl}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }),
      },
      attachments: [
        ...(calendar === null
          ? []
          : [{ filename: 'competition.ics', content: calendar, contentType: 'text/calendar; charset=utf-8' }]),
        // Inside the mail and not by a link: mail programs block pictures from elsewhere, and there may be no network.
        ...(ticket === null
          ? []
          : [{ filename: 'ticket.png', content: ticket.png, contentType: 'image/png', cid: TICKET_PICTURE }]),
      ],
      disableFileAccess: true,
      disableUrlAccess: true,
    })
      .compile()
      .build();
  }
}

const singleLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');
