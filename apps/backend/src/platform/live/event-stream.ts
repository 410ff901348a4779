import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

export const HEARTBEAT = Buffer.from(':\n\n');

/** Reconnect delay with jitter: when a server stops, its subscribers must not all reconnect in the same moment. */
const RECONNECT_MIN_MS = 1_000;
const RECONNECT_JITTER_MS = 2_000;

/** `id` increases with each state, so a client that reconnects with it gets nothing older. */
export function encode(id: number, event: string, data: object): Buffer {
  return Buffer.from(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** The id of the last event that the client received, or 0. */
export function lastEventId(header: string | string[] | undefined): number {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : 0;
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
