import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../../../../tools/src/free-port.js';
import { type Listening, listen } from '../../../../tools/src/testing/listen.js';
import { BACKEND } from '../../../../tools/src/testing/paths.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const UNREACHABLE = 'postgresql://planted-user:planted-password@127.0.0.1:1/none';

/** Of RFC 6455. */
const WEBSOCKET_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const mainFile = (main: string) => `${BACKEND}dist/main.${main}.js`;

async function run(main: string, args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [mainFile(main), ...args], { env: { PATH: process.env.PATH, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const [code] = await once(child, 'close');
  return { code, output: output.trim() };
}

describe('an entry point that cannot start', () => {
  it.each([
    [
      'api',
      [],
      { DATABASE_URL: UNREACHABLE, PORT: 'x' },
      'PORT has to be a whole number from 0 to 65535. Example: PORT=3000',
    ],
    ['api', [], { DATABASE_URL: UNREACHABLE, NODE_ENV: 'production' }, 'JWT_SECRET is the publicly known default'],
    ['seed', [], { DATABASE_URL: UNREACHABLE }, 'PostgreSQL at DATABASE_URL does not answer (ECONNREFUSED).'],
    ['admin', ['create', 'a@example.org'], { DATABASE_URL: UNREACHABLE }, 'does not answer'],
    ['admin', ['explode'], { DATABASE_URL: UNREACHABLE }, 'Usage:'],
  ])('exits with an error message and without a stack trace: %s %s %o', async (main, args, env, message) => {
    const { code, output } = await run(main, args, env);
    expect(output).toContain(message);
    expect(output).not.toMatch(/\n\s+at |planted/);
    expect(code).toBe(1);
  });

  it('does not seed in production without --even-in-production', async () => {
    const env = { DATABASE_URL: database.url, NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(40) };
    const refused = await run('seed', [], env);
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('--even-in-production') });
    expect((await database.pool.query('SELECT count(*)::int AS n FROM users')).rows[0].n).toBe(0);
    expect(await run('seed', ['--even-in-production'], env)).toMatchObject({ code: 0 });
    expect((await database.pool.query('SELECT count(*)::int AS n FROM users')).rows[0].n).toBe(7);
  });

  it('reports a port that is in use', async () => {
    const { port, close } = await listen(createServer());
    for (const ports of [
      { PORT: '0', BACKEND_PORT: String(port) },
      { PORT: String(port), BACKEND_PORT: '0' },
    ]) {
      const { code, output } = await run('api', [], { DATABASE_URL: database.url, ...ports });
      expect([code, output]).toEqual([
        1,
        expect.stringContaining(`Port ${port} on 127.0.0.1 is used by another program`),
      ]);
    }
    await close();
  });
});

describe('an upgrade request', () => {
  const UPGRADE = 'Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
  /** A web app that accepts every upgrade. */
  const web = createHttpServer((_request, response) => response.end('a page'));
  let webListening: Listening;
  beforeAll(async () => {
    web.on('upgrade', (request, socket) => {
      const accept = createHash('sha1')
        .update(`${request.headers['sec-websocket-key']}${WEBSOCKET_GUID}`)
        .digest('base64');
      socket.end(
        `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
    });
    webListening = await listen(web);
  });
  afterAll(() => webListening.close());

  it.each([
    ['api', '/_next/hmr', 'HTTP/1.1 200'],
    ['dev', '/_next/hmr', 'HTTP/1.1 101'],
    ['dev', '/', 'HTTP/1.1'],
  ])('gets from main.%s at %s the response %s: WebSockets are only for hot reloading', async (main, path, status) => {
    const port = await freePort();
    const env = {
      DATABASE_URL: database.url,
      PORT: String(port),
      BACKEND_PORT: '0',
      WEB_URL: `http://127.0.0.1:${webListening.port}`,
    };
    const child = spawn(process.execPath, [mainFile(main)], {
      env: { PATH: process.env.PATH, ...env },
      stdio: 'ignore',
    });
    try {
      const response = await vi.waitFor(
        () => exchange(port, `GET ${path} HTTP/1.1\r\n${UPGRADE}Sec-WebSocket-Key: ${'A'.repeat(22)}==\r\n\r\n`),
        { timeout: 20_000, interval: 100 },
      );
      expect(response.slice(0, status.length)).toBe(status);
      if (path === '/') expect(response).not.toContain('101 Switching');
    } finally {
      child.kill('SIGKILL');
    }
  });

  /** Sends the bytes and resolves with the first bytes of the response. */
  function exchange(port: number, text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let response = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text)).on('error', reject);
      socket.on('data', (chunk) => {
        response += chunk;
        resolve(response);
        socket.destroy();
      });
      socket.on('close', () => resolve(response));
    });
  }
});
