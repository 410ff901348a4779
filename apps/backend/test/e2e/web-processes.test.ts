import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { freePort } from '../../../../tools/src/free-port.js';
import { WEB_APP } from '../../../../tools/src/testing/paths.js';
import { startWebApp } from '../support/processes.js';

const UNREACHABLE = 'http://127.0.0.1:1';
const childrenOf = (pid: number | undefined): number[] => {
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean)
      .map(Number);
  } catch {
    return []; // pgrep fails when there are none
  }
};
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('the web app as several processes', () => {
  it('keeps serving when one of them is killed, replaces it, logs that as JSON, and exits with all of them', async () => {
    const web = await startWebApp(UNREACHABLE, undefined, { WEB_CONCURRENCY: '2' });
    await vi.waitFor(() => expect(childrenOf(web.child.pid)).toHaveLength(2), 20_000);
    const [first = 0, second = 0] = childrenOf(web.child.pid);
    const status = async () => (await fetch(`${web.url}/health/live`)).status;
    await vi.waitFor(async () => expect(await status()).toBe(200), 20_000);
    process.kill(first, 'SIGKILL');
    await vi.waitFor(() => expect(isAlive(first)).toBe(false), 20_000);
    expect(await status()).toBe(200);
    await vi.waitFor(() => expect(childrenOf(web.child.pid)).toHaveLength(2), 10_000);
    expect(childrenOf(web.child.pid)).toContain(second);
    expect(web.output()).toContain('A web process has ended (SIGKILL): starting another.');
    for (const line of web.output().trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ process: 'web' });
    const children = childrenOf(web.child.pid);
    web.child.kill('SIGTERM');
    const [code] = await once(web.child, 'exit');
    expect(code).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
  });

  it('stops them when the main process is killed', async () => {
    const web = await startWebApp(UNREACHABLE, undefined, { WEB_CONCURRENCY: '2' });
    await vi.waitFor(() => expect(childrenOf(web.child.pid)).toHaveLength(2), 20_000);
    const children = childrenOf(web.child.pid);
    web.child.kill('SIGKILL');
    await vi.waitFor(() => expect(children.filter(isAlive)).toEqual([]), 5_000);
  });

  it.each([
    ['WEB_CONCURRENCY', 'many', 'WEB_CONCURRENCY has to be a whole number from 1 to 64'],
    ['PORT', 'taken', 'EADDRINUSE'],
  ])(
    'exits with an error when %s is %s',
    async (name, value, message) => {
      const port = await freePort();
      const other = name === 'PORT' ? await startWebApp(UNREACHABLE, port) : null;
      const env = {
        PATH: process.env.PATH,
        HOSTNAME: '127.0.0.1',
        PORT: String(port),
        WEB_CONCURRENCY: '2',
        [name]: name === 'PORT' ? String(port) : value,
      };
      const child = spawn(process.execPath, [WEB_APP], { env });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => {
          output += chunk;
        });
      const [code] = await once(child, 'close');
      expect([code, output]).toEqual([1, expect.stringContaining(message)]);
      await other?.kill();
    },
    60_000,
  );
});
