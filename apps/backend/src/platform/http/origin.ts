import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** A host name or an address, with or without a port: what a browser puts into `Host`. */
const HOST = /^([a-z0-9][a-z0-9._-]{0,253}|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i;

/** `https` where the connection is encrypted, here or, as a trusted proxy says, before it. */
export const schemeOf = (request: FastifyRequest): 'http' | 'https' =>
  request.protocol === 'https' ? 'https' : 'http';

/** The host that the client asked for; null where it is none that a browser can ask for. */
export function hostOf(request: FastifyRequest): string | null {
  const { host } = request;
  return HOST.test(host) ? host.toLowerCase() : null;
}

/** The origin of the page that a browser has to be on for its request to be one of our own. */
export const originOf = (request: FastifyRequest): string => `${schemeOf(request)}://${hostOf(request)}`;

/**
 * The entries that proxies added, read from the last: up to the first that is no address. Without this anything that
 * a client writes into the header would count as somebody's address, in limits and in logs.
 */
export function readableForwardedFor(header: string): string | null {
  const addresses: string[] = [];
  for (const entry of header.split(',').reverse()) {
    const address = addressIn(entry.trim());
    if (address === null) break;
    addresses.unshift(address);
  }
  return addresses.length > 0 ? addresses.join(', ') : null;
}

/** Some proxies add the port: `203.0.113.7:4711`, `[2001:db8::1]:4711`. */
function addressIn(entry: string): string | null {
  const bare = /^\[([^\]]+)\](:\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry;
  return isIP(bare) ? bare : null;
}
