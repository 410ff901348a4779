import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpServer } from '../../platform/config/smtp-url.js';

export interface Envelope {
  readonly from: string;
  readonly to: string;
}

export interface Transmission {
  readonly envelope: Envelope;
  readonly raw: Buffer;
  /** Runs after the server accepted DATA and before the first byte of the body; false: do not send it. */
  readonly beforeBody: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** How far a transmission got. From `body` on, only a response tells whether the server accepted the message. */
export type Stage = 'connecting' | 'envelope' | 'body';

export class SmtpFailure extends Error {
  override readonly name = 'SmtpFailure';

  constructor(
    readonly stage: Stage,
    /** Null when the server sent no response. */
    readonly responseCode: number | null,
    message: string,
    /** The server has no such mailbox, now and later. */
    readonly isHardBounce = false,
  ) {
    super(message);
  }
}

/** `beforeBody` was false: another worker sends this message or has sent it. */
export class AlreadyClaimed extends Error {
  override readonly name = 'AlreadyClaimed';
}

const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 10_000, socketTimeout: 30_000 };
const MAX_MESSAGES_PER_CONNECTION = 100;
const IDLE_TIMEOUT_MS = 20_000;

interface PooledConnection {
  readonly connection: SMTPConnection;
  messages: number;
  idleTimer?: NodeJS.Timeout;
}

/**
 * A connection pool that sends each message at most once. Nodemailer's own pool resends a message when its connection
 * closes, and does not tell when the body begins. So this pool drives SMTPConnection, which nodemailer documents for
 * use on its own ("SMTP Connection").
 */
export class SmtpPool {
  private readonly idle: PooledConnection[] = [];
  private closed = false;

  constructor(private readonly server: SmtpServer) {}

  async send(transmission: Transmission): Promise<void> {
    const reused = this.idle.pop();
    if (reused !== undefined)
      try {
        return await this.sendOn(reused, transmission);
      } catch (error) {
        // The server may have closed the idle connection, which says nothing about the message: retry on a new one.
        if (!(error instanceof SmtpFailure) || error.stage === 'body' || error.responseCode !== null) throw error;
      }
    return this.sendOn(await this.connect(), transmission);
  }

  close(): void {
    this.closed = true;
    for (const pooled of this.idle.splice(0)) this.quit(pooled);
  }

  private async sendOn(pooled: PooledConnection, transmission: Transmission): Promise<void> {
    clearTimeout(pooled.idleTimer);
    const { connection } = pooled;
    const { envelope, raw, beforeBody, signal } = transmission;
    // The connection makes a list of it.
    const recipient = envelope.to;
    let stage: Stage = 'envelope';
    let claimError: unknown;
    // A stream, because the connection reads it only after the server accepted DATA.
    const body = Readable.from(
      (async function* () {
        try {
          if (!(await beforeBody())) throw new AlreadyClaimed();
        } catch (error) {
          claimError = error;
          throw error;
        }
        stage = 'body';
        yield raw;
      })(),
    );
    const abort = () => {
      if (stage === 'envelope') connection.close();
    };
    signal.addEventListener('abort', abort);
    try {
      await untilDone(connection, (done) => {
        connection.send(envelope, body, (error) => done(error));
        if (signal.aborted) abort();
      });
    } catch (error) {
      connection.close();
      if (claimError !== undefined) throw claimError;
      throw failureOf(stage, error, recipient);
    } finally {
      signal.removeEventListener('abort', abort);
    }
    this.release(pooled);
  }

  private async connect(): Promise<PooledConnection> {
    const { options, auth } = this.server;
    // Timeouts in SMTP_URL (`?socketTimeout=5000`) take precedence.
    const connection = new SMTPConnection({ ...TIMEOUTS, ...options } as SMTPConnection.Options);
    try {
      await untilDone(connection, (done) =>
        connection.connect((error) => {
          if (error || auth === null) done(error);
          else connection.login({ credentials: auth }, done);
        }),
      );
    } catch (error) {
      connection.close();
      throw failureOf('connecting', error);
    }
    return { connection, messages: 0 };
  }

  private release(pooled: PooledConnection): void {
    pooled.messages++;
    if (this.closed || pooled.messages >= MAX_MESSAGES_PER_CONNECTION) {
      this.quit(pooled);
      return;
    }
    pooled.idleTimer = setTimeout(() => {
      this.idle.splice(this.idle.indexOf(pooled), 1);
      this.quit(pooled);
    }, IDLE_TIMEOUT_MS);
    this.idle.push(pooled);
  }

  private quit({ connection, idleTimer }: PooledConnection): void {
    clearTimeout(idleTimer);
    connection.quit();
  }
}

/** Waits until `start` calls `done`. Rejects also when the connection fails or closes before. */
async function untilDone(
  connection: SMTPConnection,
  start: (done: (error?: Error | null) => void) => void,
): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.once('end', () => reject(new Error('The server closed the connection')));
      start((error) => (error ? reject(error) : resolve()));
    });
  } finally {
    connection.removeAllListeners('end');
    connection.removeAllListeners('error');
    // A late error of a connection concerns no message. Without a listener it would end the process.
    connection.on('error', () => {});
  }
}

/**
 * Servers quote the address in their responses. Errors are logged and kept with dead letters, where an address would
 * outlive its account.
 */
function failureOf(stage: Stage, error: unknown, recipient?: string): SmtpFailure {
  const { message, responseCode = null, command } = error as Error & { responseCode?: number; command?: string };
  const quoted = recipient && new RegExp(recipient.replace(/[^\w@]/g, '\\$&'), 'gi');
  const isHardBounce = command === 'RCPT TO' && HARD_BOUNCES.has(responseCode ?? 0) && !REFUSED_BY_POLICY.test(message);
  return new SmtpFailure(
    stage,
    responseCode,
    quoted ? message.replace(quoted, 'the recipient') : message,
    isHardBounce,
  );
}

/** No mailbox, mailbox elsewhere, no valid name of a mailbox (RFC 5321). Others concern the message, the sender or a full mailbox. */
const HARD_BOUNCES: ReadonlySet<number> = new Set([550, 551, 553]);
/** Servers use 550 for this too: the address may be right, and the sender is not welcome (RFC 3463). */
const REFUSED_BY_POLICY = /\b5\.7\.\d/;
