import { connect, type Socket } from 'node:net';
import { Connection } from './connection.js';
import { residentBytes } from './memory.js';
import { getRequest } from './requests.js';

export interface WatchPlan {
  readonly url: string;
  readonly watchers: number;
  readonly path: string;
  /** The processes whose memory counts. */
  readonly pids: readonly number[];
  /** The request that changes the seats. */
  readonly change: string;
}

export interface Watched {
  readonly memoryMb: number;
  readonly firstToldMs: number;
  readonly lastToldMs: number;
}

const AT_A_TIME = 250;
const EVENT = 'event: seats';

/** Opens all the streams, has the seats change, and waits until each of them has heard of it. */
export async function watch(plan: WatchPlan): Promise<Watched> {
  const { hostname, port } = new URL(plan.url);
  const idle = await residentBytes(plan.pids);
  const sockets: Socket[] = [];
  for (let opened = 0; opened < plan.watchers; opened += AT_A_TIME)
    sockets.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(AT_A_TIME, plan.watchers - opened) }, () =>
          open(hostname, Number(port), plan.path),
        ),
      )),
    );
  const memoryMb = ((await residentBytes(plan.pids)) - idle) / 2 ** 20;

  const heard = sockets.map((socket) => nextEvent(socket).then(() => performance.now()));
  const connection = new Connection(hostname, Number(port));
  const { status } = await connection.send(plan.change);
  if (status !== 201) throw new Error(`The change was answered with ${status}`);
  const changed = performance.now();
  const times = await Promise.all(heard);
  for (const socket of sockets) socket.destroy();
  connection.close();
  return { memoryMb, firstToldMs: Math.min(...times) - changed, lastToldMs: Math.max(...times) - changed };
}

/** Settled once the present seats have been told. */
async function open(host: string, port: number, path: string): Promise<Socket> {
  const socket = connect(port, host);
  socket.setEncoding('latin1');
  socket.write(getRequest(path));
  await nextEvent(socket);
  return socket;
}

function nextEvent(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = '';
    const read = (text: string) => {
      received += text;
      if (!received.includes(EVENT)) return;
      socket.off('data', read);
      resolve();
    };
    socket.on('data', read);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`A stream ended: ${received.slice(0, 200)}`)));
  });
}
