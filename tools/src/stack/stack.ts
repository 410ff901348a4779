import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure } from '../../launch/failure.mjs';
import type { Child } from '../../launch/processes.mjs';
import type { CommandContext } from '../context.js';
import { freePort } from '../free-port.js';
import { until } from '../until.js';
import { backend, NO_TELEMETRY, webServer } from './build.js';
import type { Ports } from './ports.js';
import type { Part } from './supervisor.js';
import { showVerificationCodes } from './verification-codes.js';

export interface StackOptions {
  readonly databaseUrl: string;
  readonly ports: Ports;
  /** The environment of the processes; the variables that follow from the other options are added. */
  readonly env: NodeJS.ProcessEnv;
  /** The folder for log files. */
  readonly logs: string;
}

const READY_TIMEOUT_MS = 90_000;
const MAX_WEB_PROCESSES = 4;
/** With V8's default of 16 MB, garbage collection takes a tenth of the CPU time under high load. */
const MAX_SEMI_SPACE = '--max-semi-space-size=32';
/** V8 would grow to that size only after rendering hundreds of pages. */
const MIN_SEMI_SPACE = '--min-semi-space-size=32';
/** The product stops within 10 s and logs when it cannot: the watchdog must not kill it before that. */
const GRACE_MS = 12_000;

export const productEnv = ({ databaseUrl, ports, env }: Omit<StackOptions, 'logs'>): NodeJS.ProcessEnv => ({
  ...NO_TELEMETRY,
  FRONTEND_URL: `http://localhost:${ports.web}`,
  ...env,
  DATABASE_URL: databaseUrl,
  PORT: String(ports.web),
  BACKEND_PORT: String(ports.api),
  WORKER_PORT: String(ports.worker),
});

/** Starts API, worker and web app as separate processes, as in production, and waits until all are ready. */
export async function startStack(context: CommandContext, options: StackOptions): Promise<Part[]> {
  const { root, processes, terminal } = context;
  const { ports, logs } = options;
  const env = productEnv(options);
  const host = env.HOST || '127.0.0.1';
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  /** The service is ready when `healthUrl` responds with a status below 400. */
  const start = (name: string, healthUrl: string, script: string, extra: NodeJS.ProcessEnv = {}, ...args: string[]) => {
    const run = () =>
      processes.start({
        name,
        command: process.execPath,
        args: [MAX_SEMI_SPACE, ...args, script],
        cwd: dirname(script),
        env: { ...env, ...extra },
        log: join(logs, `${name.toLowerCase().replace(' ', '-')}.log`),
        graceMs: GRACE_MS,
      });
    return { child: run(), restart: run, isHealthy: () => isHealthy(healthUrl), folder: logs };
  };
  const dist = join(backend(root), 'dist');
  // Browsers reach the web app only through the API process, so its port is not configurable.
  const webPort = await freePort();
  const webUrl = `http://127.0.0.1:${webPort}`;
  const webEnv = {
    // Next.js listens on the address in this variable, which many shells set to the name of the machine.
    HOSTNAME: '127.0.0.1',
    PORT: String(webPort),
    NODE_ENV: 'production',
    BACKEND_URL: `http://${reachable}:${ports.api}`,
    WEB_CONCURRENCY: env.WEB_CONCURRENCY || String(Math.min(MAX_WEB_PROCESSES, availableParallelism())),
  } as const;
  const step = terminal.step('API, worker and web app');
  const services = [
    start('API', `http://${reachable}:${ports.web}/health/ready`, join(dist, 'main.api.js'), { WEB_URL: webUrl }),
    start('Worker', `http://${reachable}:${ports.worker}/health/ready`, join(dist, 'main.worker.js')),
    start('Web app', `${webUrl}/health/live`, webServer(root), webEnv, MIN_SEMI_SPACE),
  ];
  try {
    await waitUntilReady(services, step.note);
  } catch (error) {
    step.failed();
    throw error;
  }
  step.done('ready');
  if (env.NODE_ENV !== 'production' && !env.SMTP_URL) showVerificationCodes(context, join(logs, 'worker.log'));
  return services;
}

async function waitUntilReady(services: Part[], note: (text: string) => void): Promise<void> {
  const waiting = new Set(services);
  const noteWaiting = () => note(`waiting for ${[...waiting].map(({ child }) => child.name).join(', ')}`);
  noteWaiting();
  const exited = () => services.find(({ child }) => !child.running())?.child;
  await Promise.all(
    services.map(async (service) => {
      await until(service.isHealthy, {
        timeoutMs: READY_TIMEOUT_MS,
        stopIf: () => exited() !== undefined,
        error: () => {
          const child = exited();
          return child ? unexpectedExit(child) : notReady(service.child);
        },
      });
      waiting.delete(service);
      noteWaiting();
    }),
  );
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    return response.status < 400;
  } catch {
    return false; // not listening yet
  }
}

const notReady = (child: Child) =>
  new Failure(`${child.name} is not ready after ${READY_TIMEOUT_MS / 1000} s. The end of its log:`, child.tail());

export const unexpectedExit = (child: Child) =>
  new Failure(`${child.name} exited unexpectedly. The end of its log:`, child.tail());

/** Resolves with the first of the processes that exits; rejects when one could not be started. */
export async function firstExit(children: Child[]): Promise<Child> {
  return Promise.race(children.map((child) => child.ended.then(() => child)));
}
