import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { BACKEND, freePort, ROOT, SECRET } from './places.js';
import { until } from './until.js';

const KEPT_LINES = 200;
/** The product's own variables, set for a copy that runs, are nobody's business in a proof. */
const PRODUCT =
  /^(DATABASE_|REDIS_|JWT_|PORT$|BACKEND_|WORKER_|HOST$|FRONTEND_|CRON_|SMTP_|MAIL_|OTEL_|NODE_ENV$|LOG_LEVEL$|RATE_|WEB_|TRUSTED_|NEXT_|API_URL$|HOSTNAME$)/;

/** As `npm start` and the image start it. */
export const ROOM_FOR_A_RUSH = '--max-semi-space-size=32';
export const ROOM_FOR_PAGES = '--min-semi-space-size=32';

/** A process of the product, as it runs in production. */
export class Program {
  readonly lines: string[] = [];
  private readonly ended: Promise<number | NodeJS.Signals | null>;

  constructor(
    readonly url: string,
    readonly child: ChildProcess,
    /** Of an API, the address for browsers; of other processes, their only one. */
    readonly frontUrl = url,
    private readonly readiness = '/health/ready',
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.lines.push(...chunk.toString().split('\n').filter(Boolean));
        if (this.lines.length > KEPT_LINES) this.lines.splice(0, this.lines.length - KEPT_LINES);
      });
    this.ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** What it ended with: its exit code, or the signal. */
  end(): Promise<number | NodeJS.Signals | null> {
    return this.ended;
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  async stop(): Promise<void> {
    if (!this.running) return;
    this.signal('SIGTERM');
    const patience = setTimeout(() => this.signal('SIGKILL'), 15_000);
    await this.ended;
    clearTimeout(patience);
  }

  async ready(forMs = 30_000): Promise<this> {
    await until(
      'the process is ready',
      async () => {
        if (!this.running) throw new Error(`It ended at start:\n${this.lines.join('\n')}`);
        return this.isReady();
      },
      forMs,
    );
    return this;
  }

  async isReady(): Promise<boolean> {
    const answer = await fetch(this.url + this.readiness).catch(() => undefined);
    await answer?.arrayBuffer();
    return answer?.status === 200;
  }
}

export interface ProgramOptions {
  readonly databaseUrl: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly nodeArgs?: readonly string[];
  readonly port?: number;
  /** Of an API: the port for browsers. */
  readonly frontPort?: number;
}

const started = new Set<Program>();
// Whatever ends this process, none of its programs goes on by itself.
process.on('exit', () => {
  for (const program of started) program.signal('SIGKILL');
});

export async function startApi(options: ProgramOptions): Promise<Program> {
  return (await launch('api', 'BACKEND_PORT', options)).ready();
}

export async function startWorker(options: ProgramOptions): Promise<Program> {
  return (await launch('worker', 'WORKER_PORT', options)).ready();
}

/** Started, and not waited for. */
export async function launch(
  name: 'api' | 'worker',
  portName: string,
  { databaseUrl, env, nodeArgs = [], port, frontPort }: ProgramOptions,
): Promise<Program> {
  const own = port ?? (await freePort());
  const front = name === 'api' ? (frontPort ?? (await freePort())) : own;
  const child = spawn(process.execPath, [ROOM_FOR_A_RUSH, ...nodeArgs, `${BACKEND}dist/main.${name}.js`], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inheritedEnv(),
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      JWT_SECRET: SECRET,
      LOG_LEVEL: 'warn',
      RATE_LIMITS: 'off', // everything comes from this one address
      PORT: String(front),
      [portName]: String(own),
      ...env,
    },
  });
  return track(new Program(localUrl(own), child, localUrl(front)));
}

export const localUrl = (port: number): string => `http://127.0.0.1:${port}`;

export function inheritedEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([variable]) => !PRODUCT.test(variable)));
}

/** From here on it ends with this process at the latest. */
export function track(program: Program): Program {
  started.add(program);
  void program.end().then(() => started.delete(program));
  return program;
}

/** Applies the migrations, as an installation does. */
export async function migrate(databaseUrl: string): Promise<void> {
  const child = spawn(process.execPath, [`${BACKEND}dist/main.migrate.js`], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The migrations could not be applied');
}
