import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { freePort } from './places.js';
import { until } from './until.js';

/** A Redis of its own that keeps nothing. */
export class Redis {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<Redis> {
    const port = await freePort();
    const args = ['--port', String(port), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1'];
    const child = spawn('redis-server', args, { stdio: 'ignore' });
    let failed: Error | undefined;
    child.on('error', (error) => {
      failed = error;
    });
    await until('Redis answers', async () => {
      if (failed) throw new Error('redis-server is not to be found', { cause: failed });
      const socket = connect(port, '127.0.0.1');
      const answers = await Promise.race([
        once(socket, 'connect').then(() => true),
        once(socket, 'close').then(() => false),
      ]).catch(() => false);
      socket.destroy();
      return answers;
    });
    return new Redis(child, `redis://127.0.0.1:${port}`);
  }

  async stop(): Promise<void> {
    this.child.kill();
    await once(this.child, 'exit');
  }
}
