import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { TEST_SECRET } from './app.js';
import { freePort } from './postgres.js';

export interface ApiProcess {
  readonly url: string;
  /** The address for browsers. */
  readonly frontUrl: string;
  readonly child: ChildProcess;
  /** Everything it wrote to both outputs. */
  output(): string;
  /** Sends the signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<{ code: number | null; ms: number }>;
}

/** The built API as a process of its own: what it does at signals cannot be seen from inside. */
export async function startApiProcess(databaseUrl: string, more: Record<string, string> = {}): Promise<ApiProcess> {
  const main = fileURLToPath(new URL('../dist/main.api.js', import.meta.url));
  if (!existsSync(main)) throw new Error('The backend is not built: run "npm run build" first.');
  const [port, frontPort] = [await freePort(), await freePort()];
  const env = { PATH: process.env.PATH, NODE_ENV: 'test', DATABASE_URL: databaseUrl, JWT_SECRET: TEST_SECRET };
  const child = spawn(process.execPath, [main], {
    env: { ...env, PORT: String(frontPort), BACKEND_PORT: String(port), RATE_LIMITS: 'off', ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`The API has ended: ${output}`);
      const { status } = await fetch(`${url}/health/ready`);
      if (status !== 200) throw new Error(`not ready: ${output}`);
    },
    { timeout: 20_000, interval: 50 },
  );
  return {
    url,
    frontUrl: `http://127.0.0.1:${frontPort}`,
    child,
    output: () => output,
    async end(signal = 'SIGTERM') {
      const start = performance.now();
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await once(child, 'exit');
      }
      return { code: child.exitCode, ms: performance.now() - start };
    },
  };
}
