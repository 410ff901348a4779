import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export class RawAnswer {
  constructor(
    readonly status: number,
    /** Its status line and headers. */
    readonly head: string,
    readonly body: string,
  ) {}

  /** The value of a header, or of all of that name one after the other; null where there is none. */
  header(name: string): string | null {
    const values = [...this.head.matchAll(new RegExp(`^${name}: *(.*)$`, 'gim'))].map(([, value = '']) => value.trim());
    return values.length === 0 ? null : values.join(', ');
  }
}

interface NextOptions {
  /** An answer to HEAD has no body, whatever its headers say. */
  readonly toHead?: boolean;
}

const TIMEOUT_MS = 15_000;

/** A connection that sends bytes as they are, and reads answers as strictly as a proxy should. */
export class RawConnection {
  /** The other side has said its last. */
  ended = false;
  /** What came and belongs to no answer that was asked for, one character for each byte. */
  private surplus = '';
  private wake = () => {};

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.surplus += text;
      this.wake();
    });
    const end = () => {
      this.ended = true;
      this.wake();
    };
    // A reset is an end as well.
    socket.on('end', end).on('close', end).on('error', end);
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true, allowHalfOpen: true });
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** One byte for each character. */
  write(bytes: string): void {
    this.socket.write(bytes, 'latin1');
  }

  /** The next answer in order, interim ones included. */
  async next({ toHead = false }: NextOptions = {}): Promise<RawAnswer> {
    for (;;) {
      const found = readAnswer(this.surplus, toHead, this.ended);
      if (found) {
        this.surplus = this.surplus.slice(found.length);
        return found.answer;
      }
      if (this.ended) throw this.error('The connection has ended instead of answering');
      await this.change();
    }
  }

  /** Sends one request and takes its one answer. */
  async ask(request: string, options?: NextOptions): Promise<RawAnswer> {
    this.ensureNothingElse();
    this.write(request);
    const answer = await this.next(options);
    this.ensureNothingElse();
    return answer;
  }

  /** Whatever came belongs to an answer that was asked for. */
  ensureNothingElse(): void {
    if (this.surplus !== '') throw this.error('Nobody asked for this');
  }

  async end(): Promise<void> {
    while (!this.ended) await this.change();
  }

  /** Says its last and goes on listening. */
  finish(): void {
    this.socket.end();
  }

  close(): void {
    this.socket.destroy();
  }

  /** As a process that is killed does it. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  private error(what: string): Error {
    return new Error(`${what}: ${JSON.stringify(this.surplus.slice(0, 500))}`);
  }

  private async change(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      this.wake = resolve;
      const late = () =>
        reject(new Error(`Nothing came in time, after: ${JSON.stringify(this.surplus.slice(0, 500))}`));
      timer = setTimeout(late, TIMEOUT_MS);
    }).finally(() => clearTimeout(timer));
  }
}

function readAnswer(bytes: string, toHead: boolean, ended: boolean): { answer: RawAnswer; length: number } | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = bytes.slice(0, headEnd);
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
  if (Number.isNaN(status)) throw new Error(`This is no answer: ${JSON.stringify(bytes.slice(0, 500))}`);
  const hasBody = !toHead && status >= 200 && status !== 204 && status !== 304;
  const start = headEnd + 4;
  const body = hasBody ? readBody(bytes, start, head, ended) : { text: '', end: start };
  if (body === null) return null;
  return { answer: new RawAnswer(status, head, Buffer.from(body.text, 'latin1').toString()), length: body.end };
}

function readBody(bytes: string, start: number, head: string, ended: boolean): { text: string; end: number } | null {
  if (/^transfer-encoding: chunked$/im.test(head)) return readChunks(bytes, start);
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  // Until the connection ends.
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
    if (!/^[0-9a-f]+$/i.test(line)) throw new Error(`This is no chunk: ${JSON.stringify(line.slice(0, 200))}`);
    const size = Number.parseInt(line, 16);
    const end = lineEnd + 2 + size + 2;
    if (bytes.length < end) return null;
    if (bytes.slice(end - 2, end) !== '\r\n') throw new Error(`A chunk of ${size} bytes is longer than it says`);
    if (size === 0) return { text, end };
    text += bytes.slice(lineEnd + 2, end - 2);
    at = end;
  }
}
