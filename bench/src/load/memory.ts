import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const KIB = 1_024;

/** The resident memory of these processes, together. */
export async function residentBytes(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(pids.map(residentKib));
  return sizes.reduce((sum, size) => sum + size, 0) * KIB;
}

async function residentKib(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined);
  // macOS has no /proc.
  const size = status === undefined ? await fromPs(pid) : /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  const kib = Number(size);
  if (!(kib > 0)) throw new Error(`The memory of process ${pid} could not be read`);
  return kib;
}

async function fromPs(pid: number): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return stdout.trim();
}
