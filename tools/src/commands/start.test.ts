import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../free-port.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const data = mkdtempSync(join(realpathSync(tmpdir()), 'mini-compete-start-'));
chmodSync(data, 0o755); // when run by root, the database runs as another user, who needs access

let ports: { PORT: string; BACKEND_PORT: string; WORKER_PORT: string };
const started: ChildProcess[] = [];

interface Run {
  process: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
}

/** Runs `start` or another command with its own data folder and ports, so that it does not conflict with another run in this checkout. */
function start(env: Record<string, string> = {}, command = 'start'): Run {
  const { DATABASE_URL: _, REDIS_URL: __, SMTP_URL: ___, CI: ____, ...inherited } = process.env;
  const tool = spawn(process.execPath, [join(root, 'tools/run.mjs'), command], {
    cwd: tmpdir(), // must not depend on the current folder
    env: { ...inherited, NODE_ENV: 'development', MINI_COMPETE_DATA: data, ...ports, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(tool);
  let output = '';
  for (const stream of [tool.stdout, tool.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  return { process: tool, output: () => output, ended: once(tool, 'exit').then(([code]) => code) };
}

/** All processes that were started with our data folder in their environment. */
function processIds(): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`MINI_COMPETE_DATA=${data}`);
    } catch {
      return false; // exited in the meantime, or of another user
    }
  });
}

/** The processes that `start` restarts, by name, with a part of the command line. */
const PARTS = new Map([
  ['API', 'main.api'],
  ['Worker', 'main.worker'],
  ['Web app', 'start.mjs'],
  ['PostgreSQL', 'postgres\0-D'],
]);

/** The first one: the web app starts others with the same command line. */
function pidOf(file: string): number | undefined {
  const commandOf = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return ''; // exited in the meantime
    }
  };
  return processIds()
    .filter((pid) => commandOf(pid).includes(file))
    .map(Number)
    .sort((a, b) => a - b)[0];
}

function killPart(file: string): number {
  const pid = pidOf(file);
  if (!pid) throw new Error(`No process runs ${file}`);
  process.kill(pid, 'SIGKILL');
  return pid;
}

const statusOf = async (port: string) => (await fetch(`http://localhost:${port}/health/ready`)).status;

const waitUntilRunning = (run: Run) =>
  vi.waitFor(() => expect(run.output()).toContain('Mini Compete is running'), { timeout: 120_000, interval: 100 });
const waitUntilGone = () => vi.waitFor(() => expect(processIds()).toEqual([]), { timeout: 25_000, interval: 100 });
const titles = async () => {
  const response = await fetch(`http://localhost:${ports.PORT}/api/competitions?status=all&limit=100`);
  const { items } = (await response.json()) as { items: { title: string }[] };
  return items.map(({ title }) => title).sort();
};

beforeAll(async () => {
  ports = {
    PORT: String(await freePort()),
    BACKEND_PORT: String(await freePort()),
    WORKER_PORT: String(await freePort()),
  };
});
afterAll(async () => {
  for (const tool of started) tool.kill('SIGKILL');
  await waitUntilGone();
  rmSync(data, { recursive: true });
});

describe('npm start', { timeout: 200_000 }, () => {
  it('starts everything, rejects a second start, stops everything on SIGTERM, and keeps the data after SIGKILL', async () => {
    const first = start();
    await waitUntilRunning(first);
    expect(processIds().length).toBeGreaterThan(4);
    expect((await fetch(`http://localhost:${ports.PORT}/`)).status).toBe(200);
    const before = await titles();
    expect(before.length).toBeGreaterThanOrEqual(5);

    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(
      `already running from this checkout: http://localhost:${ports.PORT} (process ${first.process.pid})`,
    );

    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(processIds()).toEqual([]);

    const third = start();
    await waitUntilRunning(third);
    third.process.kill('SIGKILL');
    await waitUntilGone();

    const fourth = start();
    await waitUntilRunning(fourth);
    expect(await titles()).toEqual(before);
    fourth.process.kill('SIGINT');
    expect(await fourth.ended).toBe(0);
    expect(processIds()).toEqual([]);
  });

  it('S8: restarts each process after SIGKILL; after five deaths in a row it stops the others and exits with 1', async () => {
    const run = start();
    await waitUntilRunning(run);
    const before = await titles();
    const killed = [...PARTS.values()].map(killPart);
    await vi.waitFor(
      async () => {
        for (const file of PARTS.values()) expect(killed).not.toContain(pidOf(file));
        for (const port of Object.values(ports)) expect(await statusOf(port)).toBe(200);
        expect(await titles()).toEqual(before);
        expect((await fetch(`http://localhost:${ports.PORT}/`)).status).toBe(200);
      },
      { timeout: 40_000, interval: 200 },
    );
    for (const name of PARTS.keys())
      expect(run.output()).toMatch(new RegExp(`^${name} ended .SIGKILL.+restarted`, 'm'));

    for (let deaths = 1; deaths < 5; deaths++) {
      await vi.waitFor(() => expect(pidOf('main.worker')).toBeDefined(), { timeout: 20_000 });
      const killed = killPart('main.worker');
      await vi.waitFor(() => expect(pidOf('main.worker')).not.toBe(killed), 20_000);
    }
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain(
      'Worker ended 5 times in a row (last: SIGKILL), so everything is stopped. Its log is',
    );
    expect(processIds()).toEqual([]);
  });

  it('reports the process that uses the port', async () => {
    const server = createServer().listen(Number(ports.PORT), '127.0.0.1');
    await once(server, 'listening');
    const run = start();
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain(`Port ${ports.PORT} (web app, PORT) is already in use by process ${process.pid}`);
    server.close();
  });

  it('reports the invalid variable of the configuration', async () => {
    const run = start({ JWT_EXPIRATION: 'soon' });
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain('JWT_EXPIRATION has to be a number and s, m, h or d');
    expect(run.output()).not.toMatch(/^\s+at /m);
    expect(processIds()).toEqual([]);
  });

  it('rejects production without a secret', async () => {
    const run = start({ NODE_ENV: 'production' });
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain('JWT_SECRET is the publicly known default');
    expect(processIds()).toEqual([]);
  });
});

describe('npm run demo', { timeout: 200_000 }, () => {
  const seatsTaken = async () => {
    const response = await fetch(`http://localhost:${ports.PORT}/api/competitions?status=open&limit=100`);
    const { items } = (await response.json()) as { items: { id: string; seatsLeft: number; waiting: number }[] };
    return JSON.stringify(items.map(({ id, seatsLeft, waiting }) => [id, seatsLeft, waiting]).sort());
  };

  it('DM-01: has data of its own, seats move while nobody does anything, and it leaves no process behind', async () => {
    const before = readdirSync(data).sort();
    // It must not connect to what `npm start` is configured to use.
    const run = start({ DATABASE_URL: 'postgresql://localhost:1/none', SMTP_URL: 'smtp://localhost:1' }, 'demo');
    await vi.waitFor(() => expect(run.output()).toContain('The demo is running'), { timeout: 120_000, interval: 100 });
    expect((await titles()).length).toBeGreaterThanOrEqual(30);
    const atFirst = await seatsTaken();
    await vi.waitFor(async () => expect(await seatsTaken()).not.toBe(atFirst), { timeout: 60_000, interval: 200 });
    expect(readdirSync(data).filter((name) => !before.includes(name))).toEqual(['demo']);
    run.process.kill('SIGINT');
    expect(await run.ended).toBe(0);
    expect(processIds()).toEqual([]);
  });

  it('DM-01: does not run in production', async () => {
    const run = start({ NODE_ENV: 'production' }, 'demo');
    expect(await run.ended).toBe(1);
    expect(run.output()).toContain('The demo does not run with NODE_ENV=production');
    expect(processIds()).toEqual([]);
  });
});
