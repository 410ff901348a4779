import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorCode, PROBLEM_TYPE } from '@mini-compete/shared/errors';
import { DEFAULT_LANGUAGE } from '@mini-compete/shared/languages';
import { DomainError } from '../errors/domain-error.js';
import { problemJson } from './problem-document.js';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The previous one on the same connection, until it is finished. */
  previous: Exchange | undefined;
  isFinished: boolean;
}

/** Time to finish the responses of a connection after a parser error, and for the client to read them. */
const CLOSE_TIMEOUT_MS = 5_000;

/**
 * Responds to what never becomes a request: bytes that are not HTTP, and CONNECT. Each request of a connection gets
 * exactly one response, in order; with any other number a proxy in front would send a response to the wrong client.
 */
export class ParserErrors {
  /** The latest request of each connection. */
  private readonly latest = new WeakMap<Duplex, Exchange>();
  private readonly refused = new WeakSet<Duplex>();

  watch(server: Server): void {
    server.prependListener('request', (request, response) => this.add(request, response));
    // CONNECT: without a listener Node closes the connection without a response.
    server.on('connect', (_request, socket) => {
      // Node has removed its own listener, and without one a reset by the client ends the process.
      socket.on('error', () => socket.destroy());
      // Unread bytes would hide that the client has closed the connection.
      socket.resume();
      this.refuse(socket, 'METHOD_NOT_ALLOWED', this.latest.get(socket));
    });
  }

  /** For the server's `clientError` event. */
  handle(error: Error & { code?: string }, socket: Duplex): void {
    const isParserError = error.code?.startsWith('HPE_') || error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    if (!isParserError) socket.destroy();
    else this.refuseBytes(socket, error.code === 'HPE_HEADER_OVERFLOW' ? 'HEADERS_TOO_LARGE' : 'MALFORMED_REQUEST');
  }

  private add(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const latest = this.latest.get(socket);
    const previous = latest?.isFinished ? undefined : latest;
    const exchange: Exchange = { request, response, previous, isFinished: false };
    this.latest.set(socket, exchange);
    // Node drops bytes that it has read after an upgrade request without a listener, so the client has to reconnect.
    if (request.headers.upgrade !== undefined) response.setHeader('connection', 'close');
    response.once('close', () => {
      exchange.isFinished = true;
      exchange.previous = undefined;
      // While the body of the request is still arriving, a parser error belongs to this request.
      if (request.complete && this.latest.get(socket) === exchange) this.latest.delete(socket);
    });
  }

  private refuseBytes(socket: Duplex, code: ErrorCode): void {
    const exchange = this.latest.get(socket);
    const isInBody = exchange !== undefined && !exchange.request.complete;
    if (!isInBody) this.refuse(socket, code, exchange);
    // The response was sent before the body was read.
    else if (exchange.response.headersSent) this.refuse(socket, null, exchange);
    else this.refuse(socket, code, exchange.previous);
  }

  /** Closes a connection after the pending responses, with one more response unless `code` is null. */
  private refuse(socket: Duplex, code: ErrorCode | null, after: Exchange | undefined): void {
    // The rest of the invalid bytes arrives in further chunks, each an error.
    if (this.refused.has(socket)) return;
    this.refused.add(socket);
    const timer = setTimeout(() => socket.destroy(), CLOSE_TIMEOUT_MS).unref();
    socket.once('close', () => clearTimeout(timer));
    const end = () => socket.end(code === null ? '' : rawResponse(code));
    if (after === undefined || after.isFinished) end();
    else after.response.once('close', end);
  }
}

/** In the default language: there are no headers, or none that could be read. */
function rawResponse(code: ErrorCode): string {
  const error = new DomainError(code);
  const id = randomUUID();
  const body = problemJson(error, id, DEFAULT_LANGUAGE);
  return (
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
    `Content-Language: ${DEFAULT_LANGUAGE}\r\nX-Request-Id: ${id}\r\n` +
    `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`
  );
}
