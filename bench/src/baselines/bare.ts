import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A bare Fastify server in a separate process that answers from memory. */
export class BareServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(bodies: Readonly<Record<string, string>>): Promise<BareServer> {
    const child = fork(fileURLToPath(new URL('./bare-server.js', import.meta.url)));
    child.send(bodies);
    const [url] = await once(child, 'message');
    return new BareServer(child, url as string);
  }

  stop(): void {
    this.child.kill();
  }
}
