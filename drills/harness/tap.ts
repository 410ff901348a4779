import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a process and PostgreSQL and can keep the answers back: what was asked for happens, unheard. */
export class Tap {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private readonly answering: Set<Socket>,
  ) {}

  static async open(target: number): Promise<Tap> {
    const answering = new Set<Socket>();
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const tap = new Tap(server, (server.address() as { port: number }).port, answering);
    server.on('connection', (near) => {
      const far = connect(target, '127.0.0.1');
      near.pipe(far);
      far.pipe(near);
      answering.add(far);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        tap.sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          tap.sockets.delete(socket);
          answering.delete(socket);
          other.destroy();
        });
      }
    });
    return tap;
  }

  /** From now on, of connections that there are. */
  holdAnswers(): void {
    for (const socket of this.answering) socket.unpipe();
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}
