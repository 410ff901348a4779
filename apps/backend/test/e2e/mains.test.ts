import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const NOWHERE = 'postgresql://planted-user:planted-password@127.0.0.1:1/none';

async function run(main: string, args: string[], env: Record<string, string>) {
  const file = fileURLToPath(new URL(`../../dist/main.${main}.js`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { env: { PATH: process.env.PATH, ...env } });
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
    const { code, said } = await run('api', [], { DATABASE_URL: database.url, BACKEND_PORT: String(port) });
    server.close();
    expect([code, said]).toEqual([1, expect.stringContaining(`Port ${port} on 127.0.0.1 is taken`)]);
  });
});
