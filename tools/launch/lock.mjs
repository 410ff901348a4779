// A lock file with one holder at a time. It names the process and its start time, so the lock of a killed holder is free.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { identityOf } from './identity.mjs';

const RETRY_MS = 250;

/** @typedef {{ pid: number, identity: string | null, about: string }} Holder */

/**
 * @param {string} file
 * @param {string} about what the holder does, shown to the user whose command finds the lock taken
 * @returns {{ taken: true, release: () => void } | { taken: false, holder: Holder }}
 */
export function tryLock(file, about) {
  mkdirSync(dirname(file), { recursive: true });
  const holder = { pid: process.pid, identity: identityOf(process.pid), about };
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(holder), { flag: 'wx' });
      return { taken: true, release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST' || attempt > 3) throw error;
      const other = liveHolderOf(file);
      if (other) return { taken: false, holder: other };
      rmSync(file, { force: true });
    }
  }
}

/**
 * Takes the lock, waiting until it is free.
 * @param {string} file @param {string} about @param {(holder: Holder) => void} onWait called once, if it has to wait
 */
export async function lock(file, about, onWait) {
  for (let waiting = false; ; waiting = true) {
    const attempt = tryLock(file, about);
    if (attempt.taken) return attempt;
    if (!waiting) onWait(attempt.holder);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/**
 * The holder if its process still runs; null when the lock is free or stale.
 * @param {string} file
 * @returns {Holder | null}
 */
function liveHolderOf(file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null;
    throw error;
  }
  const holder = parse(text);
  return holder && identityOf(holder.pid) === holder.identity ? holder : null;
}

/** @param {string} text @returns {Holder | null} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the holder was killed while it wrote the file
  }
}
