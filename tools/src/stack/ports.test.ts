import { createServer, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { freePort } from '../free-port.js';
import { listenerOn } from './listeners.js';
import { ensureFree, isFree, readPorts } from './ports.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listenOn(host: string): Promise<number> {
  const server = createServer();
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, host, () => resolve((server.address() as { port: number }).port));
  });
}

it.each(['127.0.0.1', '0.0.0.0', '::1'])('names the process that listens on %s', async (host) => {
  const port = await listenOn(host);
  expect(await isFree(port)).toBe(false);
  expect(listenerOn(port)).toContain(`process ${process.pid}`);
});

it('finds no listener on a free port', async () => {
  const port = await freePort();
  expect(await isFree(port)).toBe(true);
  expect(listenerOn(port)).toBeUndefined();
});

it('names every taken port with its process, and suggests free ports', async () => {
  const [web, api, worker] = [await listenOn('127.0.0.1'), await freePort(), await listenOn('127.0.0.1')];
  await expect(ensureFree({ web, api, worker })).rejects.toMatchObject({
    message: expect.stringMatching(
      new RegExp(
        `^Port ${web} \\(web app, PORT\\) is already in use by process ${process.pid}, .+\nPort ${worker} \\(worker, WORKER_PORT\\)`,
      ),
    ),
    details: expect.arrayContaining([expect.stringMatching(/^PORT=\d+ BACKEND_PORT=\d+ WORKER_PORT=\d+ npm start$/)]),
  });
});

it('reads the ports from the environment', () => {
  expect(readPorts({})).toEqual({ web: 3000, api: 3001, worker: 3002 });
  expect(readPorts({ PORT: '3100', BACKEND_PORT: ' 3101 ', WORKER_PORT: '' })).toEqual({
    web: 3100,
    api: 3101,
    worker: 3002,
  });
});

it.each(['abc', '0', '65536', '3000.5', '-1'])('rejects PORT=%s', (PORT) => {
  expect(() => readPorts({ PORT })).toThrow('PORT must be a whole number from 1 to 65535');
});

it('rejects the same port for two processes', () => {
  expect(() => readPorts({ PORT: '3001' })).toThrow('need different ports');
});
