import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { identityOf } from './identity.mjs';
import { Processes } from './processes.mjs';

const MODULE = fileURLToPath(new URL('./processes.mjs', import.meta.url));

/** A tool that starts a child, which starts a grandchild; prints the process ids of both. */
const TOOL = `
  import { Processes } from ${JSON.stringify(MODULE)};
  const child = new Processes().start({
    name: 'child', command: 'sh', graceMs: 300,
    args: ['-c', process.argv[1] + ' sleep 300 & echo $!; wait'],
    onLine: (line) => console.log(child.pid + ' ' + line),
  });
  setInterval(() => {}, 1000);
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mini-compete-processes-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function startTool(prefix = ''): Promise<{ tool: ChildProcess; pids: number[] }> {
  const tool = spawn(process.execPath, ['--input-type=module', '-e', TOOL, prefix], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: tool.stdout as NodeJS.ReadableStream }), 'line');
  return { tool, pids: String(line).split(' ').map(Number) };
}

const waitUntilGone = (pids: number[]) =>
  vi.waitFor(() => expect(pids.filter((pid) => identityOf(pid) !== null)).toEqual([]), { timeout: 10_000 });

describe('a process that the tool starts', () => {
  it('is stopped with its own children when the tool is killed', async () => {
    const { tool, pids } = await startTool();
    expect(pids.map((pid) => identityOf(pid) !== null)).toEqual([true, true]);
    tool.kill('SIGKILL');
    await waitUntilGone(pids);
  });

  it('is killed after its grace period when it ignores SIGTERM', async () => {
    const { tool, pids } = await startTool("trap '' TERM;");
    tool.kill('SIGKILL');
    await waitUntilGone(pids);
  });

  it('is stopped before the servers that it uses', async () => {
    const processes = new Processes();
    const order: string[] = [];
    const start = (name: string, tier: number, cleanUp: string) => {
      const script = `trap '${cleanUp} exit 0' TERM; echo ready; while :; do sleep 0.05; done`;
      return new Promise<void>((ready, reject) => {
        const child = processes.start({ name, tier, command: 'sh', args: ['-c', script], onLine: () => ready() });
        child.ended.then(() => order.push(name), reject);
      });
    };
    await Promise.all([start('server', 0, ''), start('program', 1, 'sleep 0.3;')]);
    await processes.stopAll();
    expect(order).toEqual(['program', 'server']);
  });

  it('is reported with its exit code and last lines when it fails', async () => {
    const processes = new Processes();
    const run = processes.run({ name: 'The program', command: 'sh', args: ['-c', 'echo one; echo two >&2; exit 3'] });
    await expect(run).rejects.toMatchObject({ message: 'The program failed (exit code 3).', details: ['one', 'two'] });
    await processes.stopAll();
  });

  it('writes its output to the log file', async () => {
    const processes = new Processes();
    const log = join(folder, 'a.log');
    const child = processes.start({ name: 'a', command: 'sh', args: ['-c', 'echo hello'], log });
    await child.ended;
    expect(child.tail()).toEqual(['hello']);
    await processes.stopAll();
  });

  it('S8: appends to the log of the process that it replaces, and empties the log of an earlier run', async () => {
    const log = join(folder, 'a.log');
    const run = async (processes: Processes, text: string) => {
      const child = processes.start({ name: 'a', command: 'sh', args: ['-c', `echo ${text}`], log });
      await child.ended;
      return child.tail();
    };
    const [first, second] = [new Processes(), new Processes()];
    expect(await run(first, 'one')).toEqual(['one']);
    expect(await run(first, 'two')).toEqual(['one', 'two']);
    expect(await run(second, 'three')).toEqual(['three']);
    await Promise.all([first.stopAll(), second.stopAll()]);
  });

  it('S8: has the last lines of a log too large to be read as a whole, and none of a log that was removed', async () => {
    const processes = new Processes();
    const log = join(folder, 'a.log');
    const script = 'i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done';
    const child = processes.start({ name: 'a', command: 'sh', args: ['-c', script], log });
    await child.ended;
    expect(child.tail(2)).toEqual(['line 19998', 'line 19999']);
    rmSync(log);
    expect(child.tail()).toEqual([]);
    await processes.stopAll();
  });
});
