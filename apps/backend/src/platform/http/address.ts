import { isIPv4 } from 'node:net';

/** IPv4 inside IPv6, as a socket on both tells it. */
const plain = (address: string): string => (address.startsWith('::ffff:') ? address.slice(7) : address);

/** Loopback, private and link-local: where our own proxies are. Anybody else who names another address is not believed. */
export function isPrivateAddress(address: string): boolean {
  const v4 = plain(address);
  if (isIPv4(v4)) return /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(v4);
  return address === '::1' || /^(f[cd]|fe[89ab])/i.test(address);
}

export const isThisMachine = (address: string): boolean => address === '::1' || plain(address).startsWith('127.');

/** Whom to count as one: an address, or with IPv6 the 64 bits that one household or server gets as a whole. */
export function addressBlock(address: string): string {
  const v4 = plain(address);
  if (isIPv4(v4) || !v4.includes(':')) return v4;
  const [head = '', tail = ''] = v4.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail.split(':').filter(Boolean);
  if (v4.includes('::')) groups.push(...Array(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest);
  return `${groups.slice(0, 4).join(':')}::/64`;
}
