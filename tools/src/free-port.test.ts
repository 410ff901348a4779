import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freePort } from './free-port.js';

const OUTGOING_PORTS = '/proc/sys/net/ipv4/ip_local_port_range';

it('gives no port twice, although nobody listens on any yet', async () => {
  const ports = await Promise.all(Array.from({ length: 400 }, freePort));
  expect(new Set(ports).size).toBe(400);
});

it.runIf(existsSync(OUTGOING_PORTS))('gives no port that the system gives to outgoing connections', async () => {
  const [lowest = 0, highest = 0] = readFileSync(OUTGOING_PORTS, 'utf8').split(/\s+/).map(Number);
  const ports = await Promise.all(Array.from({ length: 200 }, freePort));
  expect(ports.filter((port) => port >= lowest && port <= highest)).toEqual([]);
});
