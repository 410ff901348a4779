import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorCode, PROBLEM_TYPE } from '@mini-compete/shared/errors';
import { DomainError } from '../errors/domain-error.js';
import { problemOf } from './problem.js';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The one before it on the same connection, while that is not over. */
  before: Exchange | undefined;
  isOver: boolean;
}

/** So long a connection lives on after something unreadable: to finish its answers, and for the client to take them. */
const LAST_MS = 5_000;

/**
 * Answers what never becomes a request: bytes that are no HTTP, and tunnels. Each request of a connection gets one
 * answer, in order: any other number, and a proxy before us gives somebody the answer to another's request.
 */
export class ParserErrors {
  /** Of each connection the latest request. */
  private readonly latest = new WeakMap<Duplex, Exchange>();
  private readonly refused = new WeakSet<Duplex>();

  watch(server: Server): void {
    server.prependListener('request', (request, response) => this.add(request, response));
    // A tunnel: without a listener Node closes the connection and says nothing.
    server.on('connect', (_request, socket) => {
      // Node has taken its own listener off: a client's reset would end the process.
      socket.on('error', () => socket.destroy());
      // Behind bytes that nobody reads, the client's end would not be seen.
      socket.resume();
      this.refuse(socket, 'METHOD_NOT_ALLOWED', this.latest.get(socket));
    });
  }

  /** For the server's `clientError`. */
  answer(error: Error & { code?: string }, socket: Duplex): void {
    const isTheParsers = error.code?.startsWith('HPE_') || error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    if (!isTheParsers) socket.destroy();
    else this.refuseBytes(socket, error.code === 'HPE_HEADER_OVERFLOW' ? 'HEADERS_TOO_LARGE' : 'MALFORMED_REQUEST');
  }

  private add(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const previous = this.latest.get(socket);
    const exchange: Exchange = { request, response, before: previous?.isOver ? undefined : previous, isOver: false };
    this.latest.set(socket, exchange);
    // Node loses what it has read behind an upgrade that nobody takes: the client has to send that again.
    if (request.headers.upgrade !== undefined) response.setHeader('connection', 'close');
    response.once('close', () => {
      exchange.isOver = true;
      exchange.before = undefined;
      // While its body is still coming, what goes wrong belongs to it.
      if (request.complete && this.latest.get(socket) === exchange) this.latest.delete(socket);
    });
  }

  private refuseBytes(socket: Duplex, code: ErrorCode): void {
    const exchange = this.latest.get(socket);
    const isInBody = exchange !== undefined && !exchange.request.complete;
    if (!isInBody) this.refuse(socket, code, exchange);
    // Answered before its body was read.
    else if (exchange.response.headersSent) this.refuse(socket, null, exchange);
    else this.refuse(socket, code, exchange.before);
  }

  /** Ends a connection, with an answer where one is still owed, after what is under way on it. */
  private refuse(socket: Duplex, code: ErrorCode | null, after: Exchange | undefined): void {
    // Once: the rest of what is unreadable arrives in more pieces.
    if (this.refused.has(socket)) return;
    this.refused.add(socket);
    const timer = setTimeout(() => socket.destroy(), LAST_MS).unref();
    socket.once('close', () => clearTimeout(timer));
    const end = () => socket.end(code === null ? '' : textOf(code));
    if (after === undefined || after.isOver) end();
    else after.response.once('close', end);
  }
}

function textOf(code: ErrorCode): string {
  const error = new DomainError(code);
  const id = randomUUID();
  const body = JSON.stringify(problemOf(error, id));
  return (
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\nContent-Type: ${PROBLEM_TYPE}\r\nX-Request-Id: ${id}\r\n` +
    `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`
  );
}
