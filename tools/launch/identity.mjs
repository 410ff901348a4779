// Which process is this? A number alone is not enough: after a restart it may belong to somebody else.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * The moment a process started, as a text that no later process with the same number shares; null when it is gone.
 * @param {number} pid
 * @returns {string | null}
 */
export function identityOf(pid) {
  if (process.platform === 'linux') {
    const fields = statOf(pid);
    if (!fields || fields.state === 'Z' || fields.state === 'X') return null;
    return `${bootId()}:${fields.started}`;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH') return null;
  }
  const asked = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return asked.stdout?.trim() || null;
}

/** @param {number} pid */
export function parentOf(pid) {
  if (process.platform === 'linux') return statOf(pid)?.parent ?? null;
  const asked = spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(asked.stdout?.trim()) || null;
}

/** @param {number} pid */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces and brackets: what counts stands behind the last one.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], parent: Number(fields[1]), started: fields[19] };
  } catch {
    return null; // no such process any more
  }
}

function bootId() {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'boot';
  }
}
