import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { RawConnection, type RawResponse } from '../../../../test/support/raw-connection.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const urlOf = { 'the port for browsers': () => api.frontUrl, "the API's own port": () => api.url };

const HOST = 'Host: compete.example.org';
const request = (line: string, headers: readonly string[] = [HOST], body = '') =>
  `${line} HTTP/1.1\r\n${[...headers, ''].join('\r\n')}\r\n${body}`;
const LARGE = 10 * 1024 * 1024;
const JSON_TYPE = 'Content-Type: application/json';
const H2C = ['Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA'];

/** Every error is a problem document with the request id, never a response that Node or a library has generated. */
function expectProblem(response: RawResponse): void {
  expect(response.header('x-request-id')).toMatch(/^[\w.-]{8,100}$/);
  if (response.status < 400) return;
  expect(response.header('content-type')).toMatch(/^application\/problem\+json/);
  expect(JSON.parse(response.body)).toMatchObject({
    status: response.status,
    requestId: response.header('x-request-id'),
  });
}

describe.each(Object.keys(urlOf) as (keyof typeof urlOf)[])('on %s', (port) => {
  const isFront = port === 'the port for browsers';
  async function send(bytes: string): Promise<RawResponse> {
    const connection = await RawConnection.open(urlOf[port]());
    try {
      return await connection.request(bytes);
    } finally {
      connection.close();
    }
  }

  it.each<[string, string, number, string | null]>([
    ['S19 OPTIONS without Origin', request('OPTIONS /api/auth/me'), 204, null],
    ['S19 OPTIONS for an unknown path', request('OPTIONS /api/nowhere'), 204, null],
    ['S19 no Host header', request('GET /health/live', ['A: b']), 400, 'MALFORMED_REQUEST'],
    ['S19 two Host headers', request('GET /health/live', [HOST, HOST]), 400, 'MALFORMED_REQUEST'],
    ['S19 an invalid Host header', request('GET /health/live', ['Host: a b']), 400, 'MALFORMED_REQUEST'],
    ['S19 two Host headers with a malformed path', request('GET /%zz', [HOST, HOST]), 400, 'MALFORMED_REQUEST'],
    ['S19 an unknown Expect header', request('GET /health/live', [HOST, 'Expect: 200-maybe']), 200, null],
    ['S5 a malformed path of the API', request('GET /api/%zz'), 400, 'MALFORMED_REQUEST'],
    ['S5 a malformed path of a page', request('GET /%e0%a4%a'), 400, 'MALFORMED_REQUEST'],
    ['S5 TRACE for the API', request('TRACE /api/auth/me'), 405, 'METHOD_NOT_ALLOWED'],
    ['S19 CONNECT', request('CONNECT compete.example.org:443'), 405, 'METHOD_NOT_ALLOWED'],
    ['S19 bytes that are not HTTP', 'nonsense\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    ['S19 TLS on a plain port', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400, 'MALFORMED_REQUEST'],
    ['S19 a malformed header', request('GET /health/live', [HOST, 'abc']), 400, 'MALFORMED_REQUEST'],
    ['S19 another version of HTTP', request('GET /health/live').replace('1.1', '2.0'), 400, 'MALFORMED_REQUEST'],
    [
      'S19 a malformed chunk',
      request('POST /api/auth/login', [HOST, JSON_TYPE, 'Transfer-Encoding: chunked'], 'g\r\n'),
      400,
      'MALFORMED_REQUEST',
    ],
    ['headers of 20 kB', request('GET /', [HOST, `A: ${'b'.repeat(20_000)}`]), 431, 'HEADERS_TOO_LARGE'],
    ['headers of a megabyte', request('GET /', [HOST, `A: ${'b'.repeat(1_000_000)}`]), 431, 'HEADERS_TOO_LARGE'],
    [
      'S10 a body of 10 MB',
      request('POST /api/auth/login', [HOST, JSON_TYPE, `Content-Length: ${LARGE}`], ' '.repeat(LARGE)),
      413,
      'BODY_TOO_LARGE',
    ],
    [
      'S10 a body of 10 MB in one chunk',
      request(
        'POST /api/auth/login',
        [HOST, JSON_TYPE, 'Transfer-Encoding: chunked'],
        `${LARGE.toString(16)}\r\n${' '.repeat(LARGE)}\r\n0\r\n\r\n`,
      ),
      413,
      'BODY_TOO_LARGE',
    ],
    [
      'S10 a body of 10 MB for a route without a body',
      request('POST /health/live', [HOST, `Content-Length: ${LARGE}`], ' '.repeat(LARGE)),
      405,
      'METHOD_NOT_ALLOWED',
    ],
    ['S6 an upgrade to HTTP/2', request('GET /health/live', [HOST, ...H2C]), 200, null],
    [
      'S6 an upgrade to HTTP/2 with a body',
      request('POST /api/auth/login', [HOST, JSON_TYPE, ...H2C, 'Content-Length: 2'], '{}'),
      400,
      'VALIDATION_FAILED',
    ],
    [
      'S6 an upgrade to WebSocket',
      request('GET /api/auth/me', [HOST, 'Connection: Upgrade', 'Upgrade: websocket']),
      401,
      'UNAUTHENTICATED',
    ],
    [
      'S6 an upgrade to an unknown protocol',
      request('GET /health/live', [HOST, 'Connection: upgrade', 'Upgrade: x/1']),
      200,
      null,
    ],
  ])('answers %s', async (_, bytes, status, code) => {
    const response = await send(bytes);
    expect(response.status).toBe(status);
    expectProblem(response);
    if (code !== null) expect(JSON.parse(response.body).code).toBe(code);
  });

  it.each([
    ['POST', request('POST /sign-in', [HOST, 'Content-Length: 2'], '{}')],
    ['a body of 10 MB', request('POST /', [HOST, `Content-Length: ${LARGE}`], ' '.repeat(LARGE))],
    ['OPTIONS', request('OPTIONS /sign-in')],
    ['TRACE', request('TRACE /sign-in')],
    ['DELETE', request('DELETE /')],
  ])('S5 S10 S19 answers %s for a page', async (_, bytes) => {
    const response = await send(bytes);
    expectProblem(response);
    if (isFront) {
      expect(response.status).toBe(405);
      expect(response.header('allow')).toBe('GET, HEAD');
    }
  });

  it('S10 lets a client that keeps sending its body read the response', async () => {
    for (const type of [JSON_TYPE, 'Content-Type: text/plain', 'A: no type at all'])
      for (const framing of [`Content-Length: ${LARGE}`, 'Transfer-Encoding: chunked']) {
        const connection = await RawConnection.open(urlOf[port]());
        connection.write(request('POST /api/auth/login', [HOST, type, framing]));
        const chunk = ' '.repeat(LARGE / 10);
        for (let n = 0; n < 10; n++) {
          connection.write(framing.startsWith('Content') ? chunk : `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
          await pause(2);
        }
        if (!framing.startsWith('Content')) connection.write('0\r\n\r\n');
        expect((await connection.nextResponse()).status).toBe(413);
        expect((await connection.request(request('GET /health/live'))).status).toBe(200);
        connection.close();
      }
  });

  it('survives clients that send CONNECT and reset the connection', async () => {
    const errors: unknown[] = [];
    const record = (error: unknown) => errors.push(error);
    process.on('uncaughtException', record);
    for (const bytes of [request('CONNECT a:443'), `${request('GET /health/ready')}${request('CONNECT a:443')}`])
      for (const readsAnswer of [true, false]) {
        const connection = await RawConnection.open(urlOf[port]());
        connection.write(bytes);
        if (readsAnswer) await connection.nextResponse();
        connection.reset();
      }
    expect((await send(request('GET /health/ready'))).status).toBe(200);
    process.off('uncaughtException', record);
    expect(errors).toEqual([]);
  });
});

describe('connections after a parser error', () => {
  const open = new Set<Socket>();
  const count = (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  };
  beforeAll(() => (api.app.getHttpServer() as Server).on('connection', count));
  afterAll(() => (api.app.getHttpServer() as Server).off('connection', count));

  async function openWithErrors(): Promise<RawConnection[]> {
    const connections: RawConnection[] = [];
    for (const url of [api.url, api.frontUrl])
      for (const bytes of ['nonsense\r\n\r\n', request('CONNECT a:443')])
        for (const unread of ['', ' '.repeat(200_000)]) {
          const connection = await RawConnection.open(url);
          connection.write(bytes + unread);
          await connection.nextResponse();
          connections.push(connection);
        }
    expect(open.size).toBe(connections.length);
    return connections;
  }
  const allClosed = (timeout: number) => vi.waitFor(() => expect(open.size).toBe(0), { timeout, interval: 50 });

  it('close when the client closes them', async () => {
    for (const connection of await openWithErrors()) connection.close();
    await allClosed(2_000);
  });

  it('are closed after a timeout when the client does not', async () => {
    const connections = await openWithErrors();
    await allClosed(10_000);
    for (const connection of connections) connection.close();
  });
});
