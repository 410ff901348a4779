import { readFileSync } from 'node:fs';
import { parentOf } from './identity.mjs';

const POLL_MS = 500;

/**
 * Calls back when the npm that started this process is gone. `npm start` is a chain of npm, perhaps a shell, and this
 * process; npm killed by SIGKILL forwards no signal, so without polling the servers would keep running without a terminal.
 * @param {() => void} onNpmExit
 */
export function exitWithNpm(onNpmExit) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  const grandparent = isShell(parent) ? parentOf(parent) : null;
  setInterval(() => {
    if (process.ppid !== parent || (grandparent && parentOf(parent) !== grandparent)) onNpmExit();
  }, POLL_MS).unref();
}

/** @param {number} pid */
function isShell(pid) {
  try {
    return /^(da|ba|z|a)?sh$/.test(readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
  } catch {
    return false; // no /proc on this system: only the direct parent is watched
  }
}
