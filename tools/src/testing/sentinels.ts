import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.js';
import type { RedisServer } from './redis.js';
import { createTempFolder } from './temp-folder.js';

const COUNT = 3;

/** Three Redis Sentinels, which promote the replica of a master that does not answer for two seconds. */
export class Sentinels {
  private readonly children: ChildProcess[] = [];
  private readonly folder = createTempFolder('sentinels');

  private constructor(readonly addresses: { host: string; port: number }[]) {}

  static async start(master: RedisServer): Promise<Sentinels> {
    const ports = await Promise.all(Array.from({ length: COUNT }, freePort));
    const sentinels = new Sentinels(ports.map((port) => ({ host: '127.0.0.1', port })));
    for (const port of ports) sentinels.spawn(port, master.port);
    return sentinels;
  }

  private spawn(port: number, masterPort: number): void {
    const file = join(this.folder, `${port}.conf`);
    const settings = [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${this.folder}`,
      `sentinel monitor mymaster 127.0.0.1 ${masterPort} 2`,
      'sentinel down-after-milliseconds mymaster 2000',
      'sentinel failover-timeout mymaster 10000',
    ];
    writeFileSync(file, `${settings.join('\n')}\n`);
    this.children.push(spawn(process.env.REDIS_SERVER ?? 'redis-server', [file, '--sentinel'], { stdio: 'ignore' }));
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.children.map(async (child) => {
        const exited = once(child, 'exit');
        if (child.exitCode === null && child.kill('SIGKILL')) await exited;
      }),
    );
    rmSync(this.folder, { recursive: true, force: true });
  }
}
