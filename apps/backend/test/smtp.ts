import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

export interface ReceivedMail {
  readonly to: string;
  readonly raw: string;
  readonly messageId: string;
}

/** What the server does with the next mails. `at` is where; without a code it hangs up, or waits for `release()`. */
export interface Trouble {
  readonly at: 'greeting' | 'rcpt' | 'data' | 'dot';
  readonly does: 'refuse' | 'hang-up' | 'hang' | 'take-and-hang';
  readonly code?: number;
  /** For how many mails; for ever when left out. */
  times?: number;
  /** Only for this recipient. */
  readonly to?: string;
}

export interface TestSmtp {
  readonly url: string;
  /** Whole mails that the server has taken, in order. */
  readonly received: ReceivedMail[];
  /** How often it was asked at each place. */
  readonly asked: { rcpt: number; data: number };
  trouble: Trouble | Trouble[] | null;
  /** Lets go of those who hang. */
  release(): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A real SMTP server that can be told to fail in each way. */
export async function startSmtp(): Promise<TestSmtp> {
  let server: SMTPServer;
  let port = 0;

  const hanging: (() => void)[] = [];
  const applies = (at: Trouble['at'], to?: string): Trouble | null => {
    for (const trouble of [smtp.trouble ?? []].flat()) {
      if (trouble.at !== at || (trouble.to !== undefined && trouble.to !== to)) continue;
      if (trouble.times === undefined || trouble.times-- > 0) return trouble;
    }
    return null;
  };
  const refusal = (code: number) => Object.assign(new Error(`told to say ${code}`), { responseCode: code });

  const create = () =>
    new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      closeTimeout: 100,
      onConnect(session, done) {
        const trouble = applies('greeting');
        if (trouble?.does === 'refuse') return done(refusal(trouble.code ?? 421));
        if (trouble?.does === 'hang') return;
        void session;
        done();
      },
      onRcptTo({ address }, session, done) {
        smtp.asked.rcpt++;
        const trouble = applies('rcpt', address);
        if (trouble?.does === 'refuse') return done(refusal(trouble.code ?? 550));
        if (trouble?.does === 'hang') return void hanging.push(done);
        if (trouble?.does === 'hang-up') return hangUp(session);
        done();
      },
      onData(stream, session, done) {
        smtp.asked.data++;
        const to = session.envelope.rcptTo[0]?.address ?? '';
        const trouble = applies('data', to);
        if (trouble?.does === 'hang-up') return hangUp(session);
        read(stream).then(
          (raw) => {
            const after = applies('dot', to);
            if (after?.does === 'refuse') return done(refusal(after.code ?? 451));
            const messageId = /^message-id: (.+)$/im.exec(raw)?.[1] ?? '';
            smtp.received.push({ to, raw, messageId });
            if (after?.does === 'hang-up') return hangUp(session);
            if (after?.does === 'take-and-hang') return void hanging.push(done);
            done();
          },
          () => {}, // the sender hung up in the middle of it: nothing was received
        );
      },
    });

  // smtp-server gives no handle on the socket of a session.
  const hangUp = (session: { id: string }) => {
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
    asked: { rcpt: 0, data: 0 },
    trouble: null,
    release() {
      for (const go of hanging.splice(0)) go();
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
