// `npm start` is npm, perhaps a shell, and this process. When npm is killed the hard way nobody tells us: look.
import { readFileSync } from 'node:fs';
import { parentOf } from './identity.mjs';

const LOOK_MS = 500;

/** @param {() => void} leave */
export function leaveWithNpm(leave) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  const grandparent = isShell(parent) ? parentOf(parent) : null;
  setInterval(() => {
    if (process.ppid !== parent || (grandparent && parentOf(parent) !== grandparent)) leave();
  }, LOOK_MS).unref();
}

/** @param {number} pid */
function isShell(pid) {
  try {
    return /^(da|ba|z|a)?sh$/.test(readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
  } catch {
    return false;
  }
}
