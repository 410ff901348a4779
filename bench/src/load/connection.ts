import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

const END_OF_HEAD = '\r\n\r\n';

/**
 * One kept-alive HTTP connection, one request at a time. Written by hand since the load shares its machine with what
 * it measures: a full HTTP client takes more of it than the API does.
 */
export class Connection {
  private socket: Socket | undefined;
  private received = '';
  private waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  constructor(
    private readonly host: string,
    private readonly port: number,
  ) {}

  /** Rejects where the connection breaks before the whole answer is there: what became of the request is unknown. */
  send(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.open().write(request, 'latin1');
    });
  }

  close(): void {
    this.socket?.destroy();
    this.socket = undefined;
  }

  private open(): Socket {
    if (this.socket && !this.socket.destroyed) return this.socket;
    const socket = connect({ host: this.host, port: this.port, noDelay: true });
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.read(text));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.socket === socket) this.socket = undefined;
      this.received = '';
      const { waiting } = this;
      this.waiting = undefined;
      waiting?.reject(new Error('The connection broke before the answer'));
    });
    this.socket = socket;
    return socket;
  }

  private read(text: string): void {
    this.received += text;
    const headEnd = this.received.indexOf(END_OF_HEAD);
    if (headEnd < 0) return;
    const head = this.received.slice(0, headEnd);
    const start = headEnd + END_OF_HEAD.length;
    const end = start + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.received.length < end) return;
    const body = this.received.slice(start, end);
    this.received = this.received.slice(end);
    const { waiting } = this;
    this.waiting = undefined;
    if (/\r\nconnection: close/i.test(head)) this.close();
    waiting?.resolve({ status: Number(head.slice(9, 12)), head, body });
  }
}
