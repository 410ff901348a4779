import { Readable } from 'node:stream';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

export interface Envelope {
  readonly from: string;
  readonly to: string;
}

export interface Transmission {
  readonly envelope: Envelope;
  readonly raw: Buffer;
  /** Called after the server said "go on" and before the first byte of the body. False: do not send it. */
  readonly beforeBody: () => Promise<boolean>;
  readonly signal: AbortSignal;
}

/** How far it had come. From `body` on, only an answer of the server says what became of the message. */
export type Stage = 'connecting' | 'envelope' | 'body';

export class SmtpFailure extends Error {
  override readonly name = 'SmtpFailure';

  constructor(
    readonly stage: Stage,
    readonly responseCode: number | null,
    cause: Error,
  ) {
    super(cause.message, { cause });
  }
}

/** Somebody else is sending, or has sent, this message. */
export class NotOursToSend extends Error {
  override readonly name = 'NotOursToSend';
}

const TIMES = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 10_000, socketTimeout: 30_000 };
const MESSAGES_PER_CONNECTION = 100;
const IDLE_MS = 20_000;

interface PooledConnection {
  readonly connection: SMTPConnection;
  used: number;
  idle?: NodeJS.Timeout;
}

/**
 * Connections that are kept and used again. Nodemailer's own pool would send a message again by itself when the
 * connection ends in the middle of it, and tells nobody when the body begins; so its connection is driven here.
 */
export class SmtpPool {
  private readonly free: PooledConnection[] = [];
  private closed = false;

  constructor(private readonly url: string) {}

  async send(delivery: Transmission): Promise<string> {
    const kept = this.free.pop();
    if (kept !== undefined)
      try {
        return await this.sendOn(kept, delivery);
      } catch (error) {
        // A server may end a connection that was idle: that says nothing about the message.
        if (!(error instanceof SmtpFailure) || error.stage === 'body' || error.responseCode !== null) throw error;
      }
    return this.sendOn(await this.connect(), delivery);
  }

  close(): void {
    this.closed = true;
    for (const line of this.free.splice(0)) this.end(line);
  }

  private async sendOn(line: PooledConnection, { envelope, raw, beforeBody, signal }: Transmission): Promise<string> {
    clearTimeout(line.idle);
    const { connection } = line;
    let stage: Stage = 'envelope';
    let notOurs: unknown;
    // Read only when the server has said "go on": the connection pipes it no earlier.
    const body = Readable.from(
      (async function* () {
        try {
          if (!(await beforeBody())) throw new NotOursToSend();
        } catch (error) {
          notOurs = error;
          throw error;
        }
        stage = 'body';
        yield raw;
      })(),
    );
    const giveUp = () => {
      if (stage === 'envelope') connection.close();
    };
    signal.addEventListener('abort', giveUp);
    try {
      const response = await new Promise<string>((resolve, reject) => {
        connection.once('error', reject);
        connection.once('end', () => reject(new Error('The server ended the connection')));
        connection.send(envelope, body, (error, info) => (error ? reject(error) : resolve(info.response)));
        if (signal.aborted) giveUp();
      });
      this.keep(line);
      return response;
    } catch (error) {
      connection.close();
      if (notOurs !== undefined) throw notOurs;
      throw new SmtpFailure(stage, (error as { responseCode?: number }).responseCode ?? null, error as Error);
    } finally {
      signal.removeEventListener('abort', giveUp);
      connection.removeAllListeners('end');
      connection.removeAllListeners('error');
      connection.on('error', () => {});
    }
  }

  private async connect(): Promise<PooledConnection> {
    // What SMTP_URL says of times (`?socketTimeout=5000`) goes before ours.
    const { auth, ...options } = parseConnectionUrl(this.url) as SMTPConnection.Options & { auth?: Credentials };
    const connection = new SMTPConnection({ ...TIMES, ...options });
    try {
      await new Promise<void>((resolve, reject) => {
        connection.once('error', reject);
        connection.once('end', () => reject(new Error('The server ended the connection')));
        connection.connect((error) => {
          if (error || !auth?.user) return error ? reject(error) : resolve();
          connection.login({ credentials: { user: auth.user, pass: auth.pass } } as never, (refused) =>
            refused ? reject(refused) : resolve(),
          );
        });
      });
    } catch (error) {
      connection.close();
      throw new SmtpFailure('connecting', (error as { responseCode?: number }).responseCode ?? null, error as Error);
    } finally {
      connection.removeAllListeners('end');
      connection.removeAllListeners('error');
      // Late errors of a connection that nobody uses any more are nobody's.
      connection.on('error', () => {});
    }
    return { connection, used: 0 };
  }

  private keep(line: PooledConnection): void {
    line.used++;
    if (this.closed || line.used >= MESSAGES_PER_CONNECTION) {
      this.end(line);
      return;
    }
    line.idle = setTimeout(() => {
      this.free.splice(this.free.indexOf(line), 1);
      this.end(line);
    }, IDLE_MS);
    this.free.push(line);
  }

  private end(line: PooledConnection): void {
    clearTimeout(line.idle);
    line.connection.quit();
  }
}

interface Credentials {
  readonly user?: string;
  readonly pass?: string;
}
