import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { freePort } from '../free-port.js';
import { createTempFolder } from './temp-folder.js';
import { waitFor } from './wait-for.js';

/** A Redis server without persistence. It can be killed and started again. REDIS_SERVER names a binary outside PATH. */
export class RedisServer {
  private child: ChildProcess | undefined;
  private readonly folder = createTempFolder('redis');

  private constructor(
    readonly port: number,
    private readonly options: readonly string[],
  ) {}

  static async start(...options: string[]): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), options);
    await server.start();
    return server;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const args = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder];
    args.push('--save', '', '--appendonly', 'no', ...this.options);
    const child = spawn(process.env.REDIS_SERVER ?? 'redis-server', args, { stdio: 'ignore' });
    this.child = child;
    let failure: Error | undefined;
    child.on('error', (error) => {
      failure = error;
    });
    await waitFor('Redis accepts connections', async () => {
      if (failure) throw new Error('redis-server is required (apt-get install redis-server)', { cause: failure });
      const socket = connect(this.port, '127.0.0.1');
      const isConnected = await once(socket, 'connect').then(
        () => true,
        () => false,
      );
      socket.destroy();
      return isConnected;
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  /** Like a power failure: all data is lost. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
