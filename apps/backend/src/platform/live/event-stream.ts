import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

export const HEARTBEAT = Buffer.from(':\n\n');

/** When a server ends, its watchers come back spread over so long, not all in one moment. */
const RETRY_MS = { least: 1_000, spread: 2_000 };

/** `id` grows with what is known: who comes back with it sees nothing older. */
export function encode(id: number, event: string, data: object): Buffer {
  return Buffer.from(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** The id that the reader saw last, or 0. */
export function lastEventId(header: string | string[] | undefined): number {
  return typeof header === 'string' && /^\d{1,15}$/.test(header) ? Number(header) : 0;
}

/** From here on the answer is a stream of events. */
export function openStream(reply: FastifyReply): ServerResponse {
  reply.hijack();
  const { raw } = reply
    .header('content-type', 'text/event-stream')
    // Proxies must neither keep what they have seen nor collect what is to come.
    .header('cache-control', 'no-store, no-transform')
    .header('x-accel-buffering', 'no');
  // With what the hooks have set: request id, CORS, security headers.
  raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
  if (reply.request.method === 'HEAD') raw.end();
  else raw.write(`retry: ${Math.round(RETRY_MS.least + Math.random() * RETRY_MS.spread)}\n\n`);
  return raw;
}
