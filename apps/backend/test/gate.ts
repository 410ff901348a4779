import { connect, createServer, type Socket } from 'node:net';

export interface FaultProxy {
  /** The same address, by way of the gate. */
  readonly url: string;
  open(): void;
  /** Cuts what is connected and refuses the rest, as a server that is gone. */
  shut(): void;
  /** Leaves connections standing and lets nothing through, as a server that is frozen. */
  freeze(): void;
  close(): Promise<void>;
}

/** Stands before a real server, so that a test can take it away and give it back. */
export async function gateBefore(target: string, state: 'open' | 'shut' = 'open'): Promise<FaultProxy> {
  const to = new URL(target);
  const sockets = new Set<Socket>();
  let now: 'open' | 'shut' | 'frozen' = state === 'open' ? 'open' : 'shut';
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  const server = createServer((inner) => {
    if (now === 'shut') return inner.destroy();
    const outer = connect(Number(to.port), to.hostname);
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    inner.on('close', () => outer.destroy());
    outer.on('close', () => inner.destroy());
    inner.on('data', (chunk) => now === 'frozen' || outer.write(chunk));
    outer.on('data', (chunk) => now === 'frozen' || inner.write(chunk));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = new URL(target);
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    open() {
      if (now === 'frozen') cut();
      now = 'open';
    },
    shut() {
      now = 'shut';
      cut();
    },
    freeze() {
      now = 'frozen';
    },
    close() {
      cut();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
