import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { freePort } from '../stack/ports.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const data = mkdtempSync(join(realpathSync(tmpdir()), 'mini-compete-start-'));
chmodSync(data, 0o755); // as root, the database runs as another user, who has to get in

let ports: { PORT: string; BACKEND_PORT: string; WORKER_PORT: string };
const started: ChildProcess[] = [];

interface Run {
  process: ChildProcess;
  said: () => string;
  ended: Promise<number | null>;
}

/** A start of this checkout beside any other: with data and ports of its own. */
function start(env: Record<string, string> = {}): Run {
  const { DATABASE_URL: _, REDIS_URL: __, SMTP_URL: ___, CI: ____, ...inherited } = process.env;
  const tool = spawn(process.execPath, [join(root, 'tools/run.mjs'), 'start'], {
    cwd: tmpdir(), // it works from anywhere
    env: { ...inherited, NODE_ENV: 'development', MINI_COMPETE_DATA: data, ...ports, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(tool);
  let said = '';
  for (const stream of [tool.stdout, tool.stderr])
    stream.on('data', (piece) => {
      said += piece;
    });
  return { process: tool, said: () => said, ended: once(tool, 'exit').then(([code]) => code) };
}

/** Processes whose environment names our data folder. */
function family(): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`MINI_COMPETE_DATA=${data}`);
    } catch {
      return false;
    }
  });
}

const isUp = (run: Run) =>
  vi.waitFor(() => expect(run.said()).toContain('Mini Compete is up'), { timeout: 120_000, interval: 100 });
const allGone = () => vi.waitFor(() => expect(family()).toEqual([]), { timeout: 25_000, interval: 100 });
const titles = async () => {
  const answer = await fetch(`http://localhost:${ports.PORT}/api/competitions?status=all&limit=100`);
  const { items } = (await answer.json()) as { items: { title: string }[] };
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
  await allGone();
  rmSync(data, { recursive: true });
});

describe('npm start', { timeout: 200_000 }, () => {
  it('brings everything up, refuses a second one, ends all of it on SIGTERM, and comes back with the data after kill -9', async () => {
    const first = start();
    await isUp(first);
    expect(family().length).toBeGreaterThan(4);
    expect((await fetch(`http://localhost:${ports.PORT}/`)).status).toBe(200);
    const before = await titles();
    expect(before.length).toBeGreaterThanOrEqual(5);

    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain(
      `runs from this checkout already: http://localhost:${ports.PORT} (process ${first.process.pid})`,
    );

    first.process.kill('SIGTERM');
    expect(await first.ended).toBe(0);
    expect(family()).toEqual([]);

    const third = start();
    await isUp(third);
    third.process.kill('SIGKILL');
    await allGone();

    const fourth = start();
    await isUp(fourth);
    expect(await titles()).toEqual(before);
    fourth.process.kill('SIGINT');
    expect(await fourth.ended).toBe(0);
    expect(family()).toEqual([]);
  });

  it('says which part ended by itself, with the end of its log, and ends the others', async () => {
    const run = start();
    await isUp(run);
    const worker = family().find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('main.worker'));
    process.kill(Number(worker), 'SIGKILL');
    expect(await run.ended).toBe(1);
    expect(run.said()).toContain('Worker has ended by itself');
    expect(family()).toEqual([]);
  });

  it('says who has the port, and how to choose others', async () => {
    const server = createServer().listen(Number(ports.PORT), '127.0.0.1');
    await once(server, 'listening');
    const run = start();
    expect(await run.ended).toBe(1);
    expect(run.said()).toContain(`Port ${ports.PORT} (pages, PORT) is taken by process ${process.pid}`);
    server.close();
  });

  it('says what is wrong with the configuration by its name', async () => {
    const run = start({ JWT_EXPIRATION: 'soon' });
    expect(await run.ended).toBe(1);
    expect(run.said()).toContain('JWT_EXPIRATION has to be a number and s, m, h or d');
    expect(run.said()).not.toMatch(/^\s+at /m);
    expect(family()).toEqual([]);
  });

  it('refuses production without a secret', async () => {
    const run = start({ NODE_ENV: 'production' });
    expect(await run.ended).toBe(1);
    expect(run.said()).toContain('JWT_SECRET is the trial one');
    expect(family()).toEqual([]);
  });
});
