import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../free-port.js';
import { BACKEND, ROOT } from './paths.js';
import { waitFor } from './wait-for.js';

/** One secret for all processes of a run; long enough for production mode, which rejects guessable ones. */
export const JWT_SECRET = 'a-secret-for-tests-that-is-long-enough-0123456789';

/** V8 flags, as `npm start` and the image pass them. */
export const MAX_SEMI_SPACE = '--max-semi-space-size=32';
export const MIN_SEMI_SPACE = '--min-semi-space-size=32';

const MAX_LOG_LINES = 200;
/** Beside other load it takes a minute until a process has loaded its modules. */
const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 15_000;
/** Variables of the product that are set in the developer's shell must not reach the processes under test. */
const PRODUCT_VARIABLES =
  /^(DATABASE_|REDIS_|JWT_|PORT$|BACKEND_|WORKER_|HOST$|FRONTEND_|CRON_|SMTP_|MAIL_|OTEL_|NODE_ENV$|LOG_LEVEL$|RATE_|REQUIRE_|WEB_|TRUSTED_|NEXT_|API_URL$|HOSTNAME$)/;

/** A process of the product, run as in production. */
export class ProductProcess {
  /** The last lines of its output. */
  readonly lines: string[] = [];
  private readonly exited: Promise<number | NodeJS.Signals | null>;

  constructor(
    readonly url: string,
    readonly child: ChildProcess,
    /** Of an API, the address for browsers; of other processes, the only one. */
    readonly frontUrl = url,
    private readonly healthPath = '/health/ready',
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.lines.push(...chunk.toString().split('\n').filter(Boolean));
        if (this.lines.length > MAX_LOG_LINES) this.lines.splice(0, this.lines.length - MAX_LOG_LINES);
      });
    this.exited = once(child, 'exit').then(([code, signal]) => code ?? signal);
    // Otherwise a crash of this process leaves its children running.
    running.add(this);
    child.once('exit', () => running.delete(this));
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Resolves with the exit code, or with the signal that ended the process. */
  exit(): Promise<number | NodeJS.Signals | null> {
    return this.exited;
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exited;
  }

  async stop(): Promise<void> {
    if (!this.isRunning) return;
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.signal('SIGKILL'), STOP_TIMEOUT_MS);
    await this.exited;
    clearTimeout(timer);
  }

  ready(): Promise<this> {
    return this.waitForHealth('ready', this.healthPath);
  }

  /** Running, but possibly not ready, for example because the database is down. */
  live(): Promise<this> {
    return this.waitForHealth('live', '/health/live');
  }

  private async waitForHealth(state: string, path: string): Promise<this> {
    let health = 'no response';
    const isHealthy = async () => {
      if (!this.isRunning) throw new Error(`The process exited during startup:\n${this.lines.join('\n')}`);
      const response = await fetch(this.url + path).catch(() => undefined);
      const text = await response?.text();
      if (response !== undefined) health = `${response.status} ${text}`;
      return response?.status === 200;
    };
    await waitFor(`the process is ${state}`, isHealthy, START_TIMEOUT_MS).catch((error: Error) => {
      throw new Error(`${error.message}: ${health}\n${this.lines.join('\n')}`, { cause: error });
    });
    return this;
  }
}

const running = new Set<ProductProcess>();
process.on('exit', () => {
  for (const started of running) started.signal('SIGKILL');
});

export interface ProductOptions {
  readonly databaseUrl: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly nodeArgs?: readonly string[];
  readonly port?: number;
  /** The folder of another version of the backend. */
  readonly backend?: string;
}

export async function startApi(options: ProductOptions): Promise<ProductProcess> {
  return (await spawnProduct('api', options)).ready();
}

export async function startWorker(options: ProductOptions): Promise<ProductProcess> {
  return (await spawnProduct('worker', options)).ready();
}

/** Does not wait until the process is ready. */
export async function spawnProduct(
  name: 'api' | 'worker',
  { databaseUrl, env, nodeArgs = [], port, backend = BACKEND }: ProductOptions,
): Promise<ProductProcess> {
  const ownPort = port ?? (await freePort());
  const browserPort = name === 'api' ? await freePort() : ownPort;
  const child = spawn(process.execPath, [MAX_SEMI_SPACE, ...nodeArgs, `${backend}dist/main.${name}.js`], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inheritedEnv(),
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      JWT_SECRET,
      LOG_LEVEL: 'warn',
      RATE_LIMITS: 'off', // all requests come from one address
      PORT: String(browserPort),
      [name === 'api' ? 'BACKEND_PORT' : 'WORKER_PORT']: String(ownPort),
      ...env,
    },
  });
  return new ProductProcess(localUrl(ownPort), child, localUrl(browserPort));
}

export const localUrl = (port: number): string => `http://127.0.0.1:${port}`;

export function inheritedEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([variable]) => !PRODUCT_VARIABLES.test(variable)));
}

/** Applies the migrations, as an installation does. */
export async function migrate(databaseUrl: string, backend = BACKEND): Promise<void> {
  const child = spawn(process.execPath, [`${backend}dist/main.migrate.js`], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`Applying the migrations failed with exit code ${code}`);
}
