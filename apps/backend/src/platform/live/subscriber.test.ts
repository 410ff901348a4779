import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Subscriber } from './subscriber.js';

let server: Server;
let response: ServerResponse;
let reader: IncomingMessage;
beforeEach(async () => {
  const responded = new Promise<ServerResponse>((resolve) => {
    server = createServer((_, serverResponse) => {
      serverResponse.flushHeaders();
      resolve(serverResponse);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  reader = await new Promise((resolve) => get({ port, host: '127.0.0.1', agent: false }, resolve));
  response = await responded;
});
afterEach(() => {
  reader.destroy();
  server.close();
});

const event = (n: number): Buffer => Buffer.from(`${String(n).padEnd(8 * 1024, '.')}\n`);

describe('a subscriber that does not read', () => {
  /** Sends events until the buffers of Node and of the kernel are full. Returns how many. */
  async function fillBuffers(subscriber: Subscriber): Promise<number> {
    let n = 0;
    await vi.waitFor(
      () => {
        while (subscriber.stuckSince === null) subscriber.send(event(++n));
        expect(performance.now() - subscriber.stuckSince).toBeGreaterThan(100);
      },
      { interval: 5, timeout: 10_000 },
    );
    return n;
  }

  it('uses no more memory after its buffers are full, and gets the latest state when it reads again', async () => {
    const subscriber = new Subscriber(response, () => event(1_000_000));
    reader.pause();
    const last = await fillBuffers(subscriber);
    const buffered = response.socket?.writableLength ?? 0;
    for (let n = 1; n <= 1_000; n++) subscriber.send(event(last + n));
    subscriber.heartbeat(Buffer.from(':\n\n'));
    expect(response.socket?.writableLength).toBeLessThanOrEqual(buffered);

    let text = '';
    reader.on('data', (chunk) => {
      text += chunk;
    });
    reader.resume();
    await vi.waitFor(() => expect(text).toMatch(/\n1000000\.*\n$/), { timeout: 5_000 });
    expect(text).toContain(`${last}.`);
    expect(text).not.toContain(`${last + 1}.`);
    expect(subscriber.stuckSince).toBeNull();
  });

  it('is disconnected at once when the server stops', async () => {
    const subscriber = new Subscriber(response, () => event(0));
    reader.on('error', () => {}).pause();
    await fillBuffers(subscriber);
    const closed = new Promise<void>((resolve) => subscriber.onClose(resolve));
    subscriber.end();
    await closed;
  });
});
