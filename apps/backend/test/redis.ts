import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './postgres.js';

export interface TestRedis {
  readonly url: string;
  /** Asks it directly; connects anew for each question. */
  ask(...command: [string, ...string[]]): Promise<unknown>;
  /** As a power cut: nothing is kept. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A real Redis on a port of its own, without persistence. REDIS_SERVER names another binary than the one in PATH. */
export async function startRedis(...options: string[]): Promise<TestRedis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'mini-compete-redis-'));
  const url = `redis://127.0.0.1:${port}`;
  let server: ChildProcess | undefined;

  const ask: TestRedis['ask'] = async (command, ...args) => {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    client.on('error', () => {});
    try {
      await client.connect();
      return await client.call(command, ...args);
    } finally {
      client.disconnect();
    }
  };
  const start = async () => {
    server = spawn(
      process.env.REDIS_SERVER ?? 'redis-server',
      ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no', ...options],
      { stdio: 'ignore' },
    );
    const failed = new Promise<never>((_, reject) => {
      server?.once('error', (cause) =>
        reject(new Error('These tests need redis-server (apt-get install redis-server).', { cause })),
      );
    });
    await Promise.race([failed, until(() => ask('PING'))]);
  };
  const kill = async () => {
    const dying = server;
    server = undefined;
    if (dying === undefined || dying.exitCode !== null) return;
    const gone = new Promise((resolve) => dying.once('exit', resolve));
    dying.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    url,
    ask,
    kill,
    start,
    async close() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function until(attempt: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++)
    try {
      await attempt();
      return;
    } catch (error) {
      if (tries > 200) throw error;
      await new Promise((go) => setTimeout(go, 25));
    }
}
