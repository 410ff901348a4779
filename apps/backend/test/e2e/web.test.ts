import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { freePort } from '../postgres.js';
import { startWebApp } from '../web.js';

const NOWHERE = 'http://127.0.0.1:1';
const childrenOf = (pid: number | undefined): number[] => {
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean)
      .map(Number);
  } catch {
    return []; // none
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
  it('goes on when one of them is killed, replaces it, says so in JSON, and ends with all of them', async () => {
    const web = await startWebApp(NOWHERE, undefined, { WEB_CONCURRENCY: '2' });
    await vi.waitFor(() => expect(childrenOf(web.child.pid)).toHaveLength(2));
    const [first = 0, second = 0] = childrenOf(web.child.pid);
    const ask = async () => (await fetch(`${web.url}/health/live`)).status;
    await vi.waitFor(async () => expect(await ask()).toBe(200));
    process.kill(first, 'SIGKILL');
    await vi.waitFor(() => expect(isAlive(first)).toBe(false));
    expect(await ask()).toBe(200);
    await vi.waitFor(() => expect(childrenOf(web.child.pid)).toHaveLength(2), 10_000);
    expect(childrenOf(web.child.pid)).toContain(second);
    expect(web.output()).toContain('A web process has ended (SIGKILL): starting another.');
    for (const line of web.output().trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ process: 'web' });
    const children = childrenOf(web.child.pid);
    web.child.kill('SIGTERM');
    const [code] = await once(web.child, 'exit');
    expect(code).toBe(0);
    expect(children.filter(isAlive)).toEqual([]);
  }, 60_000);

  it('ends with them when it is killed itself', async () => {
    const web = await startWebApp(NOWHERE, undefined, { WEB_CONCURRENCY: '2' });
    await vi.waitFor(() => expect(childrenOf(web.child.pid)).toHaveLength(2));
    const children = childrenOf(web.child.pid);
    web.child.kill('SIGKILL');
    await vi.waitFor(() => expect(children.filter(isAlive)).toEqual([]), 5_000);
  }, 60_000);

  it.each([
    ['WEB_CONCURRENCY', 'many', 'WEB_CONCURRENCY has to be a whole number from 1 to 64'],
    ['PORT', 'taken', 'EADDRINUSE'],
  ])(
    'ends at once when %s is %s',
    async (name, value, words) => {
      const port = await freePort();
      const other = name === 'PORT' ? await startWebApp(NOWHERE, port) : null;
      const env = {
        PATH: process.env.PATH,
        HOSTNAME: '127.0.0.1',
        PORT: String(port),
        WEB_CONCURRENCY: '2',
        [name]: name === 'PORT' ? String(port) : value,
      };
      const start = fileURLToPath(
        new URL('../../../frontend/.next/standalone/apps/frontend/start.mjs', import.meta.url),
      );
      const child = spawn(process.execPath, [start], { env });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk) => {
          said += chunk;
        });
      const [code] = await once(child, 'close');
      expect([code, said]).toEqual([1, expect.stringContaining(words)]);
      await other?.stop();
    },
    60_000,
  );
});
