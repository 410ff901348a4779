import 'server-only';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, Agent as SecureAgent } from 'node:https';
import type { Readable } from 'node:stream';
import { backendOrigin } from '@/lib/config';

const plain = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, keepAliveMsecs: 4000 });
const secure = new SecureAgent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, keepAliveMsecs: 4000 });

/** Headers of one hop; they say something about a connection that ends here. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);

export function withoutHopByHop(headers: Iterable<[string, string]>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of headers)
    if (!HOP_BY_HOP.has(name) && !name.startsWith('x-middleware-') && !name.startsWith('x-invoke-')) kept[name] = value;
  return kept;
}

export type UpstreamRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: Readable | null;
  signal?: AbortSignal;
};

/**
 * A request to the backend as it came, byte for byte, answered as soon as there is a first line.
 * By node:http, since fetch neither lets `Host` through (the backend compares it with `Origin`) nor
 * leaves a compressed body as it is.
 */
export function askBackend({ method, path, headers, body, signal }: UpstreamRequest): Promise<IncomingMessage> {
  const url = new URL(path, backendOrigin());
  const isSecure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const send = isSecure ? httpsRequest : httpRequest;
    const outgoing = send(url, { method, headers, agent: isSecure ? secure : plain, ...(signal ? { signal } : {}) });
    outgoing.on('response', resolve).on('error', reject);
    if (body) body.on('error', (error) => outgoing.destroy(error)).pipe(outgoing);
    else outgoing.end();
  });
}
