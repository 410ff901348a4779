import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Subscriber } from './subscriber.js';

let server: Server;
let response: ServerResponse;
let reader: IncomingMessage;
beforeEach(async () => {
  const answering = new Promise<ServerResponse>((resolve) => {
    server = createServer((_, answer) => {
      answer.flushHeaders();
      resolve(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  reader = await new Promise((resolve) => get({ port, host: '127.0.0.1', agent: false }, resolve));
  response = await answering;
});
afterEach(() => {
  reader.destroy();
  server.close();
});

const event = (n: number): Buffer => Buffer.from(`${String(n).padEnd(8 * 1024, '.')}\n`);

describe('one who reads nothing', () => {
  /** Until the socket, ours and the kernel's part of it, takes no more. */
  async function fill(watcher: Subscriber): Promise<number> {
    let n = 0;
    await vi.waitFor(
      () => {
        while (watcher.stuckSince === null) watcher.send(event(++n));
        expect(performance.now() - watcher.stuckSince).toBeGreaterThan(100);
      },
      { interval: 5, timeout: 10_000 },
    );
    return n;
  }

  it('costs no more memory however much happens, and hears the latest when reading again', async () => {
    const watcher = new Subscriber(response, () => event(1_000_000));
    reader.pause();
    const last = await fill(watcher);
    const kept = response.socket?.writableLength ?? 0;
    for (let n = 1; n <= 1_000; n++) watcher.send(event(last + n));
    watcher.heartbeat(Buffer.from(':\n\n'));
    expect(response.socket?.writableLength).toBeLessThanOrEqual(kept);

    let text = '';
    reader.on('data', (chunk) => {
      text += chunk;
    });
    reader.resume();
    await vi.waitFor(() => expect(text).toMatch(/\n1000000\.*\n$/), { timeout: 5_000 });
    expect(text).toContain(`${last}.`);
    expect(text).not.toContain(`${last + 1}.`);
    expect(watcher.stuckSince).toBeNull();
  });

  it('is cut when the server ends, instead of being waited for', async () => {
    const watcher = new Subscriber(response, () => event(0));
    reader.on('error', () => {}).pause();
    await fill(watcher);
    const gone = new Promise<void>((resolve) => watcher.onClose(resolve));
    watcher.end();
    await gone;
  });
});
