import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export class RawResponse {
  constructor(
    readonly status: number,
    /** Status line and headers. */
    readonly head: string,
    readonly body: string,
  ) {}

  /** The values of all headers with that name, joined; null if there are none. */
  header(name: string): string | null {
    const values = [...this.head.matchAll(new RegExp(`^${name}: *(.*)$`, 'gim'))].map(([, value = '']) => value.trim());
    return values.length === 0 ? null : values.join(', ');
  }
}

interface ReadOptions {
  /** A response to HEAD has no body, whatever its Content-Length is. */
  readonly isHead?: boolean;
}

const TIMEOUT_MS = 15_000;

/** A connection that sends bytes unchanged, and reads responses as strictly as a proxy should. */
export class RawConnection {
  /** The server has closed the connection, or its side of it. */
  ended = false;
  /** Received bytes that belong to no response read so far, one character per byte. */
  private unread = '';
  private wake = () => {};

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.unread += text;
      this.wake();
    });
    const end = () => {
      this.ended = true;
      this.wake();
    };
    // A reset only emits 'error' and 'close'.
    socket.on('end', end).on('close', end).on('error', end);
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true, allowHalfOpen: true });
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** One byte per character. */
  write(bytes: string): void {
    this.socket.write(bytes, 'latin1');
  }

  /** The next response, which may be an interim one such as 100. */
  async nextResponse({ isHead = false }: ReadOptions = {}): Promise<RawResponse> {
    for (;;) {
      const found = readResponse(this.unread, isHead, this.ended);
      if (found) {
        this.unread = this.unread.slice(found.length);
        return found.response;
      }
      if (this.ended) throw this.error('The connection closed before the response was complete');
      await this.waitForChange();
    }
  }

  /** Sends one request and reads its only response. */
  async request(bytes: string, options?: ReadOptions): Promise<RawResponse> {
    this.ensureNoExtraBytes();
    this.write(bytes);
    const response = await this.nextResponse(options);
    this.ensureNoExtraBytes();
    return response;
  }

  ensureNoExtraBytes(): void {
    if (this.unread !== '') throw this.error('Received bytes that belong to no request');
  }

  async waitForEnd(): Promise<void> {
    while (!this.ended) await this.waitForChange();
  }

  /** Sends FIN and keeps reading. */
  halfClose(): void {
    this.socket.end();
  }

  close(): void {
    this.socket.destroy();
  }

  /** Sends RST, like a process that is killed. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  private error(what: string): Error {
    return new Error(`${what}: ${JSON.stringify(this.unread.slice(0, 500))}`);
  }

  private async waitForChange(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      this.wake = resolve;
      timer = setTimeout(() => reject(this.error('Timed out waiting for more bytes')), TIMEOUT_MS);
    }).finally(() => clearTimeout(timer));
  }
}

function readResponse(
  bytes: string,
  isHead: boolean,
  ended: boolean,
): { response: RawResponse; length: number } | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = bytes.slice(0, headEnd);
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
  if (Number.isNaN(status)) throw new Error(`Not an HTTP response: ${JSON.stringify(bytes.slice(0, 500))}`);
  const hasBody = !isHead && status >= 200 && status !== 204 && status !== 304;
  const start = headEnd + 4;
  const body = hasBody ? readBody(bytes, start, head, ended) : { text: '', end: start };
  if (body === null) return null;
  return { response: new RawResponse(status, head, Buffer.from(body.text, 'latin1').toString()), length: body.end };
}

function readBody(bytes: string, start: number, head: string, ended: boolean): { text: string; end: number } | null {
  if (/^transfer-encoding: chunked$/im.test(head)) return readChunks(bytes, start);
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  // Without a length, the body ends with the connection.
  if (length === undefined) return ended ? { text: bytes.slice(start), end: bytes.length } : null;
  const end = start + Number(length);
  return bytes.length < end ? null : { text: bytes.slice(start, end), end };
}

function readChunks(bytes: string, start: number): { text: string; end: number } | null {
  let text = '';
  let at = start;
  while (true) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const line = bytes.slice(at, lineEnd);
    if (!/^[0-9a-f]+$/i.test(line)) throw new Error(`Not a chunk size: ${JSON.stringify(line.slice(0, 200))}`);
    const size = Number.parseInt(line, 16);
    const end = lineEnd + 2 + size + 2;
    if (bytes.length < end) return null;
    if (bytes.slice(end - 2, end) !== '\r\n') throw new Error(`A chunk is longer than its size of ${size} bytes`);
    if (size === 0) return { text, end };
    text += bytes.slice(lineEnd + 2, end - 2);
    at = end;
  }
}
