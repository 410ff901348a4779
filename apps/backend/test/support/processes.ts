import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { DestinationStream } from 'pino';
import { freePort } from '../../../../tools/src/free-port.js';
import { WEB_APP } from '../../../../tools/src/testing/paths.js';
import { inheritedEnv, localUrl, ProductProcess, spawnProduct } from '../../../../tools/src/testing/product-process.js';
import type { Env } from '../../src/platform/config/env.js';
import { startApi, TEST_SECRET, type TestApi } from './api.js';

export interface TestProcess extends ProductProcess {
  /** Everything that it wrote to stdout and stderr; `lines` holds only the end of it. */
  output(): string;
  /** Sends the signal. Resolves with the exit code, or with the signal that ended the process. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

const ENV = { NODE_ENV: 'test', JWT_SECRET: TEST_SECRET, LOG_LEVEL: 'info' };

/** The built API in its own process, for signals, exit codes and kills. */
export async function startApiProcess(databaseUrl: string, env: Record<string, string> = {}): Promise<TestProcess> {
  const api = recordOutput(await spawnProduct('api', { databaseUrl, env: { ...ENV, ...env } }));
  await api.ready();
  return api;
}

/** The built worker in its own process. Does not wait until it is ready. */
export async function spawnWorker(databaseUrl: string, env: Record<string, string> = {}): Promise<TestProcess> {
  return recordOutput(await spawnProduct('worker', { databaseUrl, env: { ...ENV, ...env } }));
}

/** The built web app. Its pages show data of the API at `apiUrl`. */
export async function startWebApp(
  apiUrl: string,
  port?: number,
  env: Record<string, string> = {},
): Promise<TestProcess> {
  if (!existsSync(WEB_APP)) throw new Error('The web app is not built: run "npm run build" first.');
  const ownPort = port ?? (await freePort());
  const child = spawn(process.execPath, [WEB_APP], {
    env: {
      ...inheritedEnv(),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      HOSTNAME: '127.0.0.1',
      PORT: String(ownPort),
      BACKEND_URL: apiUrl,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const web = recordOutput(new ProductProcess(localUrl(ownPort), child));
  await web.live();
  return web;
}

function recordOutput(started: ProductProcess): TestProcess {
  let output = '';
  for (const stream of [started.child.stdout, started.child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  return Object.assign(started, {
    output: () => output,
    end(signal: NodeJS.Signals) {
      started.signal(signal);
      return started.exit();
    },
  });
}

export interface TestFront extends TestApi {
  readonly web: TestProcess;
  /** After `web` was killed. */
  restartWeb(): Promise<void>;
}

/** The API in this process with the built web app behind it: everything except the worker. */
export async function startFront(overrides: Partial<Env> = {}, logTo?: DestinationStream): Promise<TestFront> {
  const port = await freePort();
  const api = await startApi({ ...overrides, webUrl: localUrl(port) }, logTo);
  let web = await startWebApp(api.url, port);
  return {
    ...api,
    get web() {
      return web;
    },
    async restartWeb() {
      web = await startWebApp(api.url, port);
    },
    async close() {
      await web.kill();
      await api.close();
    },
  };
}
