import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { freePort } from './postgres.js';

export interface WebApp {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything it wrote to both outputs. */
  output(): string;
  stop(): Promise<void>;
}

/** The built web app, which asks the API at that address for what its pages show. */
export async function startWebApp(apiUrl: string, port?: number, more: Record<string, string> = {}): Promise<WebApp> {
  const server = fileURLToPath(new URL('../../frontend/.next/standalone/apps/frontend/start.mjs', import.meta.url));
  if (!existsSync(server)) throw new Error('The web app is not built: run "npm run build" first.');
  const chosen = port ?? (await freePort());
  const child = spawn(process.execPath, [server], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      HOSTNAME: '127.0.0.1',
      PORT: String(chosen),
      BACKEND_URL: apiUrl,
      ...more,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Also where a test fails before it stops it.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk;
    });
  const url = `http://127.0.0.1:${chosen}`;
  await vi.waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`The web app has ended: ${output}`);
      const { status } = await fetch(`${url}/health/live`);
      if (status !== 200) throw new Error(`not up: ${output}`);
    },
    { timeout: 30_000, interval: 50 },
  );
  return {
    url,
    child,
    output: () => output,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
