import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isFailure } from '../../launch/failure.mjs';
import { Processes } from '../../launch/processes.mjs';
import { Terminal } from '../../launch/terminal.mjs';
import { isDiskFull, type Part, supervise } from './supervisor.js';

let folder: string;
let processes: Processes;
let lines: string[];
let starts: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mini-compete-supervisor-'));
  processes = new Processes();
  lines = [];
  starts = 0;
});
afterEach(async () => {
  await processes.stopAll();
  rmSync(folder, { recursive: true });
});

const terminal = () =>
  Object.assign(new Terminal(), {
    line: (text = '') => {
      lines.push(text);
    },
  });

type Options = Parameters<typeof supervise>[2];

/** Supervises a shell script; `restart` may replace how it is started again. */
function run(script: string, options: Options = {}, restart?: Part['restart']) {
  const start = () => {
    starts++;
    const log = join(folder, 'part.log');
    return processes.start({ name: 'Part', command: 'sh', args: ['-c', script], log });
  };
  const part = { child: start(), restart: restart ?? start, isHealthy: async () => true, folder };
  const supervised = supervise({ terminal: terminal(), processes }, part, { firstDelayMs: 10, ...options });
  supervised.catch(() => {}); // awaited later
  return { child: part.child, supervised };
}

describe('a supervised process', () => {
  it('S8: is restarted after SIGKILL, with one line on the terminal, and appends to its log', async () => {
    const { child } = run('echo started; exec sleep 300');
    await vi.waitFor(() => expect(child.tail()).toEqual(['started']), 20_000);
    process.kill(child.pid, 'SIGKILL');
    await vi.waitFor(() => expect(readFileSync(join(folder, 'part.log'), 'utf8')).toBe('started\nstarted\n'), 20_000);
    expect(lines).toEqual(['Part ended (SIGKILL). It is restarted in 0.01 s.']);
  });

  it('S8: is given up after five quick deaths, with growing delays, its log and the last lines of it', async () => {
    const { supervised } = run('echo broken; exit 3');
    const error = await supervised.catch((reason) => reason);
    expect(isFailure(error)).toBe(true);
    expect(error.message).toMatch(
      /^Part ended 5 times in a row \(last: exit code 3\), so everything is stopped\. Its log is .+part\.log\. The end of its log:$/,
    );
    expect(error.details).toEqual(Array(5).fill('broken'));
    expect(lines).toEqual(
      [0.01, 0.02, 0.04, 0.08].map((delay) => `Part ended (exit code 3). It is restarted in ${delay} s.`),
    );
    expect(starts).toBe(5);
  });

  it('S8: is given up when it cannot be started again', async () => {
    const { supervised } = run('exit 3', {}, () => {
      throw new Error('spawn EAGAIN');
    });
    await expect(supervised).rejects.toThrow('Part ended 5 times in a row (last: spawn EAGAIN)');
  });

  it('S8: is restarted without end, and with the first delay, when it was healthy in between', async () => {
    run('sleep 0.3', { healthyMs: 20 });
    await vi.waitFor(() => expect(starts).toBeGreaterThan(5), { timeout: 10_000 });
    expect(new Set(lines)).toEqual(new Set(['Part ended (exit code 0). It is restarted in 0.01 s.']));
  });

  it('S8: is not restarted while everything is stopped', async () => {
    const { supervised } = run('exec sleep 300');
    await processes.stopAll();
    await expect(supervised).rejects.toThrow('Part was stopped.');
    expect([starts, lines]).toEqual([1, []]);
  });

  it('S8: is not restarted when everything is stopped during the delay', async () => {
    const { supervised } = run('exit 0', { firstDelayMs: 200 });
    await vi.waitFor(() => expect(lines).toHaveLength(1), 20_000);
    await processes.stopAll();
    await expect(supervised).rejects.toThrow('Part was stopped.');
    expect(processes.names()).toEqual([]);
  });

  it('S2: is restarted without end while the disk is full', async () => {
    let isFull = true;
    const { supervised } = run('exit 1', { maxDelayMs: 10, isDiskFull: () => isFull });
    await vi.waitFor(() => expect(lines.length).toBeGreaterThan(7), 20_000);
    expect(new Set(lines)).toEqual(
      new Set(['Part ended (exit code 1) while the disk is full. It is restarted in 0.01 s.']),
    );
    isFull = false;
    await expect(supervised).rejects.toThrow('Part ended 5 times in a row');
  });
});

describe('a disk', () => {
  it.runIf(process.platform === 'linux')('S2: is full when nothing can be written to it', () => {
    expect(isDiskFull('/proc')).toBe(true);
  });

  it('S2: is full when PostgreSQL has no room to start, although small files fit', () => {
    const withFree = (megabytes: number) =>
      isDiskFull(folder, ((path: string) => ({ ...statfsSync(path), bsize: 4_096, bavail: megabytes * 256 })) as never);
    expect([withFree(16), withFree(31), withFree(32)]).toEqual([true, true, false]);
  });

  it('S2: is not full when its folder was removed: that is no reason to restart a process without end', () => {
    expect(isDiskFull(join(folder, 'removed'))).toBe(false);
  });
});
