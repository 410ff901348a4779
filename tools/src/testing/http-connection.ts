import { connect, type Socket } from 'node:net';

export interface HttpResponse {
  readonly status: number;
  /** Status line and headers. */
  readonly head: string;
  readonly body: string;
}

/** The error code of a refusal, if it has one; otherwise the status. */
export const resultOf = ({ status, body }: Pick<HttpResponse, 'status' | 'body'>): string =>
  status < 400 ? String(status) : (/"code":"(\w+)"/.exec(body)?.[1] ?? String(status));

const END_OF_LINE = '\r\n';
const END_OF_HEAD = '\r\n\r\n';
const CHUNKED = /\r\ntransfer-encoding: chunked/i;

/**
 * A keep-alive HTTP connection with one request at a time. It is hand-written because the load generator shares the
 * machine with the API: a full HTTP client takes more CPU time than the API does.
 */
export class HttpConnection {
  private socket: Socket | undefined;
  private received = '';
  /** Of a chunked body: the chunks received so far, and the offset of the next one. */
  private chunks: string[] = [];
  private nextChunk = 0;
  private pending: { resolve: (response: HttpResponse) => void; reject: (error: Error) => void } | undefined;

  private readonly host: string;
  private readonly port: number;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.host = hostname;
    this.port = Number(port);
  }

  /** Rejects when the connection closes before the response is complete: the outcome of the request is then unknown. */
  send(request: string): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      this.pending = { resolve, reject };
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
    socket.on('error', () => {}); // 'close' follows, and is handled below
    socket.on('close', () => {
      // The pending request belongs to a newer socket.
      if (this.socket !== undefined && this.socket !== socket) return;
      this.socket = undefined;
      this.consume(this.received.length);
      this.takePending()?.reject(new Error('The connection closed before the response was complete'));
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
    const pending = this.takePending();
    if (/\r\nconnection: close/i.test(head)) this.close();
    pending?.resolve({ status: Number(head.slice(9, 12)), head, body });
  }

  private takePending() {
    const { pending } = this;
    this.pending = undefined;
    return pending;
  }

  private consume(end: number): void {
    this.received = this.received.slice(end);
    this.chunks = [];
    this.nextChunk = 0;
  }

  /** Continues where the last call stopped. Returns where the response ends, or Infinity while it is incomplete. */
  private readChunks(start: number): number {
    this.nextChunk ||= start;
    for (;;) {
      const sizeEnd = this.received.indexOf(END_OF_LINE, this.nextChunk);
      if (sizeEnd < 0) return Number.POSITIVE_INFINITY;
      const size = Number.parseInt(this.received.slice(this.nextChunk, sizeEnd), 16);
      if (Number.isNaN(size)) this.socket?.destroy();
      if (size === 0) {
        // Trailers may follow. Without any, the empty line after them begins where the size ends.
        const end = this.received.indexOf(END_OF_HEAD, sizeEnd);
        return end < 0 ? Number.POSITIVE_INFINITY : end + END_OF_HEAD.length;
      }
      const from = sizeEnd + END_OF_LINE.length;
      const next = from + size + END_OF_LINE.length;
      // Negated so that it also returns where the size is NaN.
      if (!(this.received.length >= next)) return Number.POSITIVE_INFINITY;
      this.chunks.push(this.received.slice(from, from + size));
      this.nextChunk = next;
    }
  }
}
