// Identifies processes. A process id alone is not enough: the system reuses it, certainly after a reboot.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * The start time of a process as a text that no later process with the same id has; null when the process is gone.
 * @param {number} pid
 * @returns {string | null}
 */
export function identityOf(pid) {
  if (process.platform === 'linux') {
    const stat = readStat(pid);
    if (!stat || stat.state === 'Z' || stat.state === 'X') return null; // zombie or dead
    return `${bootId()}:${stat.started}`;
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process exists and belongs to another user.
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH') return null;
  }
  return ps('lstart=', pid) || null;
}

/** @param {number} pid */
export function parentOf(pid) {
  if (process.platform === 'linux') return readStat(pid)?.parent ?? null;
  return Number(ps('ppid=', pid)) || null;
}

/** @param {string} format @param {number} pid */
function ps(format, pid) {
  return spawnSync('ps', ['-o', format, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim();
}

/** @param {number} pid */
function readStat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the name in parentheses, which may itself contain spaces and parentheses: split after the last one.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0], parent: Number(fields[1]), started: fields[19] };
  } catch {
    return null; // the process is gone
  }
}

function bootId() {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'boot'; // hidden in some containers: the start time in ticks is used alone
  }
}
