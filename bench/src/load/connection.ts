import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

const END_OF_LINE = '\r\n';
const END_OF_HEAD = '\r\n\r\n';
const CHUNKED = /\r\ntransfer-encoding: chunked/i;

/**
 * One kept-alive HTTP connection, one request at a time. Written by hand since the load shares its machine with what
 * it measures: a full HTTP client takes more of it than the API does.
 */
export class Connection {
  private socket: Socket | undefined;
  private received = '';
  /** Of a chunked body: the chunks that are here, and where the next one begins. */
  private chunks: string[] = [];
  private nextChunk = 0;
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
      // Closed by us, and another one has taken its place: what is waited for is not this one's.
      if (this.socket !== undefined && this.socket !== socket) return;
      this.socket = undefined;
      this.consume(this.received.length);
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
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    const isChunked = length === undefined && CHUNKED.test(head);
    const end = isChunked ? this.readChunks(start) : start + Number(length ?? 0);
    if (this.received.length < end) return;
    const body = isChunked ? this.chunks.join('') : this.received.slice(start, end);
    this.consume(end);
    const { waiting } = this;
    this.waiting = undefined;
    if (/\r\nconnection: close/i.test(head)) this.close();
    waiting?.resolve({ status: Number(head.slice(9, 12)), head, body });
  }

  private consume(end: number): void {
    this.received = this.received.slice(end);
    this.chunks = [];
    this.nextChunk = 0;
  }

  /** Continues where it stopped. Returns where the answer ends, or Infinity while some of it has yet to come. */
  private readChunks(start: number): number {
    this.nextChunk ||= start;
    for (;;) {
      const sizeEnd = this.received.indexOf(END_OF_LINE, this.nextChunk);
      if (sizeEnd < 0) return Number.POSITIVE_INFINITY;
      const size = Number.parseInt(this.received.slice(this.nextChunk, sizeEnd), 16);
      if (Number.isNaN(size)) this.socket?.destroy();
      if (size === 0) {
        // Trailers may follow; without any, the empty line after them begins where the size ends.
        const end = this.received.indexOf(END_OF_HEAD, sizeEnd);
        return end < 0 ? Number.POSITIVE_INFINITY : end + END_OF_HEAD.length;
      }
      const from = sizeEnd + END_OF_LINE.length;
      const next = from + size + END_OF_LINE.length;
      // Also where the size is no number.
      if (!(this.received.length >= next)) return Number.POSITIVE_INFINITY;
      this.chunks.push(this.received.slice(from, from + size));
      this.nextChunk = next;
    }
  }
}
