import { connect, type Socket } from 'node:net';
import { HttpConnection } from '../../../tools/src/testing/http-connection.js';
import { getRequest } from '../../../tools/src/testing/http-requests.js';
import { residentBytes } from './memory.js';

export interface SubscribePlan {
  readonly url: string;
  readonly subscribers: number;
  /** Of the event stream. */
  readonly path: string;
  /** The processes whose memory is measured. */
  readonly pids: readonly number[];
  /** The request that changes the seats. */
  readonly change: string;
}

export interface SubscribeResult {
  readonly memoryMb: number;
  readonly firstNotifiedMs: number;
  readonly lastNotifiedMs: number;
}

const BATCH_SIZE = 250;
const EVENT = 'event: seats';

/** Opens all event streams, sends a request that changes the seats, and waits until every stream has an event. */
export async function subscribe(plan: SubscribePlan): Promise<SubscribeResult> {
  const idle = await residentBytes(plan.pids);
  const sockets: Socket[] = [];
  while (sockets.length < plan.subscribers) {
    const length = Math.min(BATCH_SIZE, plan.subscribers - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length }, () => openStream(plan)))));
  }
  const memoryMb = ((await residentBytes(plan.pids)) - idle) / 2 ** 20;

  const notified = sockets.map((socket) => nextEvent(socket).then(() => performance.now()));
  const connection = new HttpConnection(plan.url);
  const { status } = await connection.send(plan.change);
  if (status !== 201) throw new Error(`The change was answered with ${status}`);
  const changed = performance.now();
  const times = await Promise.all(notified);
  for (const socket of sockets) socket.destroy();
  connection.close();
  return { memoryMb, firstNotifiedMs: Math.min(...times) - changed, lastNotifiedMs: Math.max(...times) - changed };
}

/** Resolves after the first event, which has the current seats. */
async function openStream({ url, path }: SubscribePlan): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
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
    socket.once('close', () => reject(new Error(`An event stream ended: ${received.slice(0, 200)}`)));
  });
}
