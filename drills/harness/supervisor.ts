import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from './installation.js';
import { recordEvent } from './record.js';

const INTERVAL_MS = 200;

interface Part {
  readonly name: string;
  readonly pid: number | undefined;
  start(): Promise<unknown>;
}

/** Restarts the processes of an installation that somebody kills, as an operator's supervisor does. */
export class Supervisor {
  private isStopped = false;
  private readonly watching: Promise<unknown>;

  constructor({ environment: { postgres }, apis, worker, redis }: Installation) {
    const parts = [
      part('PostgreSQL', postgres),
      ...apis.map((api, i) => part(`API ${i + 1}`, api)),
      part('worker', worker),
      part('Redis', redis),
    ];
    for (const each of parts) announce(each);
    this.watching = Promise.all(parts.map((each) => this.watch(each)));
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.watching;
  }

  private async watch(watched: Part): Promise<void> {
    while (!this.isStopped) {
      await sleep(INTERVAL_MS);
      if (isAlive(watched.pid)) continue;
      recordEvent(`${watched.name} ended`);
      // Again if it is killed while it starts.
      await watched.start().then(
        () => announce(watched),
        () => {},
      );
    }
  }
}

/** The process id changes with each start. */
const part = (name: string, process: Omit<Part, 'name'>): Part => ({
  name,
  get pid() {
    return process.pid;
  },
  start: () => process.start(),
});

function announce({ name, pid }: Part): void {
  process.stdout.write(`kill -9 ${pid}   # ${name}\n`);
}

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}
