import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.js';
import { freePort } from '../postgres.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const NOWHERE = 'postgresql://planted-user:planted-password@127.0.0.1:1/none';

/** By RFC 6455. */
const WEBSOCKET = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const mainFile = (main: string) => fileURLToPath(new URL(`../../dist/main.${main}.js`, import.meta.url));

async function run(main: string, args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [mainFile(main), ...args], { env: { PATH: process.env.PATH, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  const [code] = await once(child, 'close');
  return { code, said: said.trim() };
}

describe('what a person can mend is said in a sentence, and ends the process', () => {
  it.each([
    [
      'api',
      [],
      { DATABASE_URL: NOWHERE, PORT: 'x' },
      'PORT has to be a whole number from 0 to 65535. Example: PORT=3000',
    ],
    [
      'api',
      [],
      { DATABASE_URL: NOWHERE, NODE_ENV: 'production' },
      'JWT_SECRET is the trial one, which everybody knows',
    ],
    ['seed', [], { DATABASE_URL: NOWHERE }, 'PostgreSQL, as DATABASE_URL names it, does not answer (ECONNREFUSED).'],
    ['admin', ['create', 'a@example.org'], { DATABASE_URL: NOWHERE }, 'does not answer'],
    ['admin', ['explode'], { DATABASE_URL: NOWHERE }, 'Usage:'],
  ])('%s %s %o', async (main, args, env, sentence) => {
    const { code, said } = await run(main, args, env);
    expect(said).toContain(sentence);
    expect(said).not.toMatch(/\n\s+at |planted/);
    expect(code).toBe(1);
  });

  it('seeds in production only when asked for by name', async () => {
    const env = { DATABASE_URL: database.url, NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(40) };
    const refused = await run('seed', [], env);
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('--even-in-production') });
    expect((await database.pool.query('SELECT count(*)::int AS n FROM users')).rows[0].n).toBe(0);
    expect(await run('seed', ['--even-in-production'], env)).toMatchObject({ code: 0 });
    expect((await database.pool.query('SELECT count(*)::int AS n FROM users')).rows[0].n).toBe(7);
  });

  it('says that the port is taken', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    for (const taken of [
      { PORT: '0', BACKEND_PORT: String(port) },
      { PORT: String(port), BACKEND_PORT: '0' },
    ]) {
      const { code, said } = await run('api', [], { DATABASE_URL: database.url, ...taken });
      expect([code, said]).toEqual([1, expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`)]);
    }
    server.close();
  });
});

describe('a request that asks for another protocol', () => {
  const UPGRADE = 'Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
  /** What the server behind would answer, were it asked. */
  const behind = createHttpServer((_request, response) => response.end('a page'));
  beforeAll(async () => {
    behind.on('upgrade', (request, socket) => {
      const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${WEBSOCKET}`).digest('base64');
      socket.end(
        `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
    });
    await once(behind.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => behind.close());

  it.each([
    ['api', '/_next/hmr', 'HTTP/1.1 200'],
    ['dev', '/_next/hmr', 'HTTP/1.1 101'],
    ['dev', '/', 'HTTP/1.1'],
  ])('is answered by main.%s at %s with %s: web sockets are for hot reloading alone', async (main, path, status) => {
    const port = await freePort();
    const { port: webPort } = behind.address() as { port: number };
    const env = {
      DATABASE_URL: database.url,
      PORT: String(port),
      BACKEND_PORT: '0',
      WEB_URL: `http://127.0.0.1:${webPort}`,
    };
    const child = spawn(process.execPath, [mainFile(main)], {
      env: { PATH: process.env.PATH, ...env },
      stdio: 'ignore',
    });
    try {
      const answer = await vi.waitFor(
        () => exchange(port, `GET ${path} HTTP/1.1\r\n${UPGRADE}Sec-WebSocket-Key: ${'A'.repeat(22)}==\r\n\r\n`),
        { timeout: 20_000, interval: 100 },
      );
      expect(answer.slice(0, status.length)).toBe(status);
      if (path === '/') expect(answer).not.toContain('101 Switching');
    } finally {
      child.kill('SIGKILL');
    }
  });

  /** What comes back within a second. */
  function exchange(port: number, text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text)).on('error', reject);
      socket.on('data', (chunk) => {
        answer += chunk;
        resolve(answer);
        socket.destroy();
      });
      socket.on('close', () => resolve(answer));
    });
  }
});
