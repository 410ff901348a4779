import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import addressparser from 'nodemailer/lib/addressparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { PermanentFailure, Unreachable } from '../../platform/queue/errors.js';
import { type EmailContent, renderHtml, renderText } from '../templates/email-template.js';
import { SmtpFailure, SmtpPool } from './smtp.js';

export interface Mail {
  /** The Message-ID is made from it: the same message sent again is known as the same. */
  readonly id: string;
  readonly to: { readonly name: string; readonly address: string };
  readonly letter: EmailContent;
  readonly calendar: string | null;
}

export interface SendOptions {
  readonly beforeBody: () => Promise<boolean>;
  readonly signal: AbortSignal;
  /** How often this was begun before: a server that hangs up on this one message each time shall not block the rest. */
  readonly starts: number;
}

/** From here on a lost connection is taken for the message's own fault. */
const STARTS_UNTIL_BLAMED = 10;

@Injectable()
export class Mailer implements OnApplicationShutdown {
  private readonly pool: SmtpPool | null;
  private readonly from: { name: string; address: string };

  constructor(@Inject(ENV) env: Pick<Env, 'smtpUrl' | 'mailFrom'>) {
    this.pool = env.smtpUrl === null ? null : new SmtpPool(env.smtpUrl);
    const [sender] = addressparser(env.mailFrom, { flatten: true });
    this.from = { name: sender?.name ?? '', address: sender?.address ?? env.mailFrom };
  }

  get isThere(): boolean {
    return this.pool !== null;
  }

  /**
   * Sends it once. Throws `SmtpFailure` in stage `body` when nobody can say what became of it, `Unreachable` when
   * the server was not there, `PermanentFailure` when it said no for good, any other error when it said "later".
   */
  async send(mail: Mail, { beforeBody, signal, starts }: SendOptions): Promise<void> {
    if (this.pool === null) throw new Error('There is no SMTP_URL.');
    const raw = await this.compose(mail);
    const envelope = { from: this.from.address, to: mail.to.address };
    try {
      await this.pool.send({ envelope, raw, beforeBody, signal });
    } catch (error) {
      throw error instanceof SmtpFailure ? this.judged(error, starts) : error;
    }
  }

  onApplicationShutdown(): void {
    this.pool?.close();
  }

  private judged(failure: SmtpFailure, starts: number): Error {
    const { stage, responseCode } = failure;
    // Greeting and sign-in concern no single message; 421 says "not now" for all of them.
    if (stage === 'connecting' || responseCode === 421) return new Unreachable('The mail server', failure);
    if (responseCode === null)
      return stage === 'body' || starts > STARTS_UNTIL_BLAMED ? failure : new Unreachable('The mail server', failure);
    return responseCode >= 500 ? new PermanentFailure(failure.message) : new Error(failure.message);
  }

  /** Names and titles are given as values: what they contain becomes neither a header nor an address. */
  private compose({ id, to, letter, calendar }: Mail): Promise<Buffer> {
    const domain = this.from.address.split('@').at(-1);
    return new MailComposer({
      messageId: `<${id}@${domain}>`,
      from: this.from,
      to: { name: oneLine(to.name), address: to.address },
      subject: oneLine(letter.title),
      text: renderText(letter),
      html: renderHtml(letter),
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      ...(calendar !== null && {
        attachments: [
          {
            filename: 'competition.ics',
            content: calendar,
            contentType: 'text/calendar; charset=utf-8',
          },
        ],
      }),
      disableFileAccess: true,
      disableUrlAccess: true,
    })
      .compile()
      .build();
  }
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');
