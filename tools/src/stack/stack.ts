import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import type { Child } from '../../launch/processes.mjs';
import type { CommandContext } from '../context.js';
import { until } from '../until.js';
import { backend, QUIET, webServer } from './build.js';
import { freePort, type Ports } from './ports.js';

export interface StackOptions {
  readonly databaseUrl: string;
  readonly ports: Ports;
  /** All of the environment, but for what this says itself. */
  readonly env: NodeJS.ProcessEnv;
  readonly logs: string;
}

export interface Part {
  readonly child: Child;
  /** Answers with a 2xx or 3xx when this part can work. */
  readonly health: string;
}

const READY_MS = 90_000;
const MAX_WEB_PROCESSES = 4;
/** Room for what a rush leaves behind: with V8's 16 MB, a tenth of its time goes into sweeping. */
const ROOM_FOR_A_RUSH = '--max-semi-space-size=32';
/** From the start: V8 gives a process that makes pages this room only after hundreds of them. */
const ROOM_FOR_PAGES = '--min-semi-space-size=32';

export const productEnv = ({ databaseUrl, ports, env }: Omit<StackOptions, 'logs'>): NodeJS.ProcessEnv => ({
  ...QUIET,
  FRONTEND_URL: `http://localhost:${ports.web}`,
  ...env,
  DATABASE_URL: databaseUrl,
  PORT: String(ports.web),
  BACKEND_PORT: String(ports.api),
  WORKER_PORT: String(ports.worker),
});

/** API, worker and web app as they run in production, each a process of its own. */
export async function startStack(context: CommandContext, options: StackOptions): Promise<Part[]> {
  const { root, processes, terminal } = context;
  const env = productEnv(options);
  const host = env.HOST || '127.0.0.1';
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const node = (
    name: string,
    script: string,
    health: string,
    extra: NodeJS.ProcessEnv = {},
    ...nodeArgs: string[]
  ): Part => ({
    child: processes.start({
      name,
      command: process.execPath,
      args: [ROOM_FOR_A_RUSH, ...nodeArgs, script],
      cwd: dirname(script),
      env: { ...env, ...extra },
      log: join(options.logs, `${name.toLowerCase().replace(' ', '-')}.log`),
      // The product promises 10 s; a little more, so that it is the one to say when it does not keep that.
      graceMs: 12_000,
    }),
    health,
  });
  const { ports } = options;
  const dist = join(backend(root), 'dist');
  // Nobody but the API process, which passes pages on, has to reach the web app.
  const webPort = await freePort();
  const webUrl = `http://127.0.0.1:${webPort}`;
  const step = terminal.step('API, worker and web app');
  const parts = [
    node('API', join(dist, 'main.api.js'), `http://${reachable}:${ports.web}/health/ready`, { WEB_URL: webUrl }),
    node('Worker', join(dist, 'main.worker.js'), `http://${reachable}:${ports.worker}/health/ready`),
    node(
      'Web app',
      webServer(root),
      `${webUrl}/health/live`,
      {
        // Next's server takes the address to listen on from this variable, which a shell may have set to the machine's name.
        HOSTNAME: '127.0.0.1',
        PORT: String(webPort),
        NODE_ENV: 'production',
        BACKEND_URL: `http://${reachable}:${ports.api}`,
        WEB_CONCURRENCY: env.WEB_CONCURRENCY || String(Math.min(MAX_WEB_PROCESSES, availableParallelism())),
      },
      ROOM_FOR_PAGES,
    ),
  ];
  try {
    await allReady(parts, step.note);
  } catch (error) {
    step.failed();
    throw error;
  }
  step.done('ready');
  return parts;
}

async function allReady(parts: Part[], note: (text: string) => void): Promise<void> {
  const waiting = new Set(parts);
  const tell = () => note(`waiting for ${[...waiting].map((part) => part.child.name).join(', ')}`);
  tell();
  const unready = (part: Part) =>
    part.child.running()
      ? new Failure(
          `${part.child.name} is not ready after ${READY_MS / 1000} s. The end of its log:`,
          part.child.tail(),
        )
      : died(part.child);
  await Promise.all(
    parts.map(async (part) => {
      await until(() => isHealthy(part.health), {
        forMs: READY_MS,
        stopIf: () => parts.some(({ child }) => !child.running()),
        otherwise: () => unready(parts.find(({ child }) => !child.running()) ?? part),
      });
      waiting.delete(part);
      tell();
    }),
  );
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    await answer.body?.cancel();
    return answer.status < 400;
  } catch {
    return false;
  }
}

export const died = (child: Child) =>
  new Failure(`${child.name} has ended by itself. The end of its log:`, child.tail());

/** Waits until one of them is gone: none of them is meant to be, before the tool is. */
export async function firstToDie(children: Child[]): Promise<Child> {
  return Promise.race(children.map((child) => child.ended.then(() => child)));
}
