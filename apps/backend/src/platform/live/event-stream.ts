import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';

/** An event and not a comment: an `EventSource` hides comments, and a page could not notice that the server is silent. */
export const HEARTBEAT = Buffer.from('event: heartbeat\ndata: 1\n\n');

/** Reconnect delay with jitter: when a server stops, its subscribers must not all reconnect in the same moment. */
const RECONNECT_MIN_MS = 1_000;
const RECONNECT_JITTER_MS = 2_000;

/**
 * `id` increases with each state, so a client that reconnects with it gets nothing older. An event without an id leaves
 * the last one of the client as it was.
 */
export function encode(id: number | null, event: string, data: object): Buffer {
  return Buffer.from(`${id === null ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** The id of the last event that the client received, or 0. */
export function lastEventId(header: string | string[] | undefined): number {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : 0;
}

/** After writing to this many subscribers, a broadcast yields to the event loop, for other requests. */
const CHUNK_SIZE = 250;

export async function broadcast<T>(subscribers: Iterable<T>, send: (subscriber: T) => void): Promise<void> {
  let n = 0;
  for (const subscriber of subscribers) {
    send(subscriber);
    if (++n % CHUNK_SIZE === 0) await nextTurn();
  }
}

/** Turns the response into a stream of server-sent events. */
export function openStream(reply: FastifyReply): ServerResponse {
  reply.hijack();
  const { raw } = reply
    .header('content-type', 'text/event-stream')
    // Proxies must neither cache nor buffer the stream.
    .header('cache-control', 'no-store, no-transform')
    .header('x-accel-buffering', 'no');
  // Includes the headers that the hooks have set: request id, CORS, security.
  raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
  if (reply.request.method === 'HEAD') raw.end();
  else raw.write(`retry: ${Math.round(RECONNECT_MIN_MS + Math.random() * RECONNECT_JITTER_MS)}\n\n`);
  return raw;
}
