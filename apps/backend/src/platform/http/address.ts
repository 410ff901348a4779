import { isIP, isIPv4 } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** Without the prefix that a dual-stack socket puts before an IPv4 address. */
const unmapped = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address);

/** Loopback, private and link-local addresses: only proxies there may name the client's address, host and scheme. */
export function isPrivateAddress(address: string): boolean {
  const v4 = unmapped(address);
  if (isIPv4(v4)) return /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(v4);
  return address === '::1' || /^(f[cd]|fe[89ab])/i.test(address);
}

export const isLoopback = (address: string): boolean => address === '::1' || unmapped(address).startsWith('127.');

/** What rate limits count as one client: an IPv4 address, or the /64 that a household or server gets with IPv6. */
export function addressBlock(address: string): string {
  const v4 = unmapped(address);
  if (isIPv4(v4) || !v4.includes(':')) return v4;
  const [head = '', tail = ''] = v4.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail.split(':').filter(Boolean);
  if (v4.includes('::')) groups.push(...Array(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest);
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/**
 * `X-Forwarded-For` from its end up to the first entry that is no address: proxies append. Otherwise any text that a
 * client puts into the header would count as an address, in rate limits and in logs.
 */
export function validForwardedFor(header: string): string | null {
  const addresses: string[] = [];
  for (const entry of header.split(',').reverse()) {
    const address = parseAddress(entry.trim());
    if (address === null) break;
    addresses.unshift(address);
  }
  return addresses.length > 0 ? addresses.join(', ') : null;
}

/** Some proxies add the port: `203.0.113.7:4711`, `[2001:db8::1]:4711`. */
function parseAddress(entry: string): string | null {
  const address = /^\[([^\]]+)\](:\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry;
  return isIP(address) ? address : null;
}

/** A host name or an address, with or without a port, as browsers send it in `Host`. */
const HOST = /^([a-z0-9][a-z0-9._-]{0,253}|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i;

/** `https` when the connection is encrypted, here or, according to a trusted proxy, in front of it. */
export const schemeOf = (request: FastifyRequest): 'http' | 'https' =>
  request.protocol === 'https' ? 'https' : 'http';

/** The host that the client requested, or null when it is not valid. */
export function hostOf(request: FastifyRequest): string | null {
  const { host } = request;
  return HOST.test(host) ? host.toLowerCase() : null;
}

/** The origin of pages whose requests are same-origin with this one. */
export const originOf = (request: FastifyRequest): string => `${schemeOf(request)}://${hostOf(request)}`;
