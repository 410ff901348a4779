import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

export interface ReceivedMail {
  readonly to: string;
  readonly raw: string;
  readonly messageId: string;
}

/** What the server does instead of accepting a mail. */
export interface SmtpFault {
  /** The step of the conversation; `dot` is the end of the mail. */
  readonly at: 'greeting' | 'rcpt' | 'data' | 'dot';
  /** To hang means not to respond until `release()`. */
  readonly action: 'reject' | 'disconnect' | 'hang' | 'accept-and-hang';
  /** Of the rejection. */
  readonly code?: number;
  /** How many times; without a limit by default. */
  times?: number;
  /** Only for this recipient. */
  readonly to?: string;
}

export interface TestSmtp {
  readonly url: string;
  /** Accepted mails, in order. */
  readonly received: ReceivedMail[];
  /** The number of commands received. */
  readonly commands: { rcpt: number; data: number };
  fault: SmtpFault | SmtpFault[] | null;
  /** Responds to the commands that hang. */
  release(): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A real SMTP server that simulates failures. */
export async function startSmtp(): Promise<TestSmtp> {
  let server: SMTPServer;
  let port = 0;

  const hanging: (() => void)[] = [];
  const takeFault = (at: SmtpFault['at'], to?: string): SmtpFault | null => {
    for (const fault of [smtp.fault ?? []].flat()) {
      if (fault.at !== at || (fault.to !== undefined && fault.to !== to)) continue;
      if (fault.times === undefined || fault.times-- > 0) return fault;
    }
    return null;
  };
  const rejection = (code: number) => Object.assign(new Error(`simulated ${code}`), { responseCode: code });

  const create = () =>
    new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      closeTimeout: 100,
      onConnect(_session, done) {
        const fault = takeFault('greeting');
        if (fault?.action === 'reject') return done(rejection(fault.code ?? 421));
        if (fault?.action === 'hang') return;
        done();
      },
      onRcptTo({ address }, session, done) {
        smtp.commands.rcpt++;
        const fault = takeFault('rcpt', address);
        if (fault?.action === 'reject') return done(rejection(fault.code ?? 550));
        if (fault?.action === 'hang') return void hanging.push(done);
        if (fault?.action === 'disconnect') return disconnect(session);
        done();
      },
      onData(stream, session, done) {
        smtp.commands.data++;
        const to = session.envelope.rcptTo[0]?.address ?? '';
        const fault = takeFault('data', to);
        if (fault?.action === 'disconnect') return disconnect(session);
        read(stream).then(
          (raw) => {
            const faultAtEnd = takeFault('dot', to);
            if (faultAtEnd?.action === 'reject') return done(rejection(faultAtEnd.code ?? 451));
            const messageId = /^message-id: (.+)$/im.exec(raw)?.[1] ?? '';
            smtp.received.push({ to, raw, messageId });
            if (faultAtEnd?.action === 'disconnect') return disconnect(session);
            if (faultAtEnd?.action === 'accept-and-hang') return void hanging.push(done);
            done();
          },
          () => {}, // the client disconnected before the end of the mail, so there is nothing to record
        );
      },
    });

  // smtp-server does not expose the socket of a session.
  const disconnect = (session: { id: string }) => {
    for (const connection of (server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> })
      .connections)
      if (connection.id === session.id) connection._socket.destroy();
  };
  const start = async () => {
    server = create();
    server.on('error', () => {});
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
    port = (server.server.address() as AddressInfo).port;
  };
  const stop = () => new Promise<void>((resolve) => server.close(() => resolve()));

  const smtp: TestSmtp = {
    get url() {
      return `smtp://127.0.0.1:${port}`;
    },
    received: [],
    commands: { rcpt: 0, data: 0 },
    fault: null,
    release() {
      for (const respond of hanging.splice(0)) respond();
    },
    stop,
    start,
    close: stop,
  };
  await start();
  return smtp;
}

async function read(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
