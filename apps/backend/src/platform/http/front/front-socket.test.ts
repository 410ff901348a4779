import { setImmediate as iteration } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HttpConnection } from '../../../../../../tools/src/testing/http-connection.js';
import { startApi, type TestApi } from '../../../../test/support/api.js';
import { FrontSocket } from './front-socket.js';

const CLIENTS = 20;
const REQUEST = 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n';
const ENDS_WELL = /^HTTP\/1.1 200 [\s\S]*^connection: close/im;
/** Longer than a connection may be idle during shutdown. */
const PAUSE_MS = 1_700;
const BUSY_MS = 3;

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

/** As when the machine gives the process no time: nothing is accepted or read, and timers are late. */
function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

it.each(['url', 'frontUrl'] as const)(
  'FT-06 answers what had arrived at its %s when the process was paused, and no connection is closed under it',
  async (address) => {
    const connections = Array.from({ length: CLIENTS }, () => new HttpConnection(api[address]));
    await Promise.all(connections.map((connection) => connection.send(REQUEST)));
    const drained = api.app.get(FrontSocket).beforeApplicationShutdown();
    // Until both ports are closed.
    for (let n = 0; n < 20; n++) await iteration();
    const responses = Promise.all(connections.map((connection) => connection.send(REQUEST)));
    block(PAUSE_MS);
    for (const { head } of await responses) expect(head).toMatch(ENDS_WELL);
    await drained;
  },
);

it.each(['url', 'frontUrl'] as const)(
  'FT-06 accepts connections to its %s that were established when the shutdown began',
  async (address) => {
    const responses = Promise.all(
      Array.from({ length: CLIENTS }, () => new HttpConnection(api[address]).send(REQUEST)),
    );
    // Until the kernel has connected them: nothing is accepted before the next iteration of the event loop.
    await new Promise((resolve) => process.nextTick(resolve));
    const drained = api.app.get(FrontSocket).beforeApplicationShutdown();
    for (const { status } of await responses) expect(status).toBe(200);
    await drained;
  },
);

it.each([1, 2])(
  'FT-06 accepts connections that are established when it is busy, after looking for connections %i times',
  async (looks) => {
    // Before the shutdown itself goes on, each time.
    let looked = iteration();
    const drained = api.app.get(FrontSocket).beforeApplicationShutdown();
    for (let look = 1; look <= looks; look++) {
      await looked;
      looked = iteration();
    }
    const responses = Array.from({ length: CLIENTS }, () => new HttpConnection(api.frontUrl).send(REQUEST));
    block(BUSY_MS);
    for (const { status } of await Promise.all(responses)) expect(status).toBe(200);
    await drained;
  },
);
