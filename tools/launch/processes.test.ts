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

/** A tool that starts a child, which starts a grandchild; prints the numbers of both. */
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

async function aTool(prefix = ''): Promise<{ tool: ChildProcess; pids: number[] }> {
  const tool = spawn(process.execPath, ['--input-type=module', '-e', TOOL, prefix], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: tool.stdout as NodeJS.ReadableStream }), 'line');
  return { tool, pids: String(line).split(' ').map(Number) };
}

const allGone = (pids: number[]) =>
  vi.waitFor(() => expect(pids.filter((pid) => identityOf(pid) !== null)).toEqual([]), { timeout: 10_000 });

describe('what the tool starts', () => {
  it('ends when the tool is killed, with all that it started itself', async () => {
    const { tool, pids } = await aTool();
    expect(pids.map((pid) => identityOf(pid) !== null)).toEqual([true, true]);
    tool.kill('SIGKILL');
    await allGone(pids);
  });

  it('ends also when it does not want to', async () => {
    const { tool, pids } = await aTool("trap '' TERM;");
    tool.kill('SIGKILL');
    await allGone(pids);
  });

  it('ends before the servers that it talks to', async () => {
    const processes = new Processes();
    const ends: string[] = [];
    const start = (name: string, tier: number, slow: string) => {
      const script = `trap '${slow} exit 0' TERM; echo ready; while :; do sleep 0.05; done`;
      return new Promise<void>((ready) => {
        const child = processes.start({ name, tier, command: 'sh', args: ['-c', script], onLine: () => ready() });
        void child.ended.then(() => ends.push(name));
      });
    };
    await Promise.all([start('server', 0, ''), start('program', 1, 'sleep 0.3;')]);
    await processes.endAll();
    expect(ends).toEqual(['program', 'server']);
  });

  it('says how it failed, with its last lines', async () => {
    const processes = new Processes();
    const run = processes.run({ name: 'The thing', command: 'sh', args: ['-c', 'echo one; echo two >&2; exit 3'] });
    await expect(run).rejects.toMatchObject({ message: 'The thing failed (exit code 3).', details: ['one', 'two'] });
    await processes.endAll();
  });

  it('keeps a log that outlives the tool', async () => {
    const processes = new Processes();
    const log = join(folder, 'a.log');
    const child = processes.start({ name: 'a', command: 'sh', args: ['-c', 'echo said'], log });
    await child.ended;
    expect(child.tail()).toEqual(['said']);
    await processes.endAll();
  });
});
