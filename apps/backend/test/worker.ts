import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Env } from '../src/platform/config/env.js';
import { createWorker } from '../src/worker.js';
import { TEST_SECRET, testEnv } from './app.js';
import { freePort } from './postgres.js';

/** No schedule unless the test is about it: it would run in the middle of what is looked at. */
export const NEVER = '0 0 29 2 *';

export async function startWorker(
  overrides: Partial<Env> & Pick<Env, 'databaseUrl'>,
): Promise<{ app: NestFastifyApplication; close(): Promise<void> }> {
  const app = await createWorker(testEnv(overrides));
  return { app, close: () => app.close() };
}

export interface WorkerProcess {
  readonly child: ChildProcess;
  readonly port: number;
  readonly output: () => string;
  /** SIGKILL, and gone when this resolves. */
  kill(): Promise<void>;
  /** A signal, and what it exited with. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  ready(): Promise<void>;
}

/** A worker in a process of its own, built by `tsc -b`, which can really be killed. */
export async function spawnWorker(env: Record<string, string>): Promise<WorkerProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [fileURLToPath(new URL('../dist/main.worker.js', import.meta.url))], {
    env: {
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'test',
      JWT_SECRET: TEST_SECRET,
      LOG_LEVEL: 'info',
      WORKER_PORT: String(port),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  return {
    child,
    port,
    output: () => output,
    end,
    async kill() {
      await end('SIGKILL');
    },
    async ready() {
      for (let tries = 0; tries < 400; tries++) {
        if (child.exitCode !== null) throw new Error(`The worker ended: ${output.slice(-1_000)}`);
        const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
        if (answer?.status === 200) return;
        await new Promise((go) => setTimeout(go, 50));
      }
      throw new Error(`The worker does not become ready: ${output.slice(-1_000)}`);
    },
  };
}
