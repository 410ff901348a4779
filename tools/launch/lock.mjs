// One holder at a time, per file. A holder that was killed does not keep it: the file names the process and its start.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { identityOf } from './identity.mjs';

/** @typedef {{ pid: number, identity: string | null, about: string }} Holder */

/**
 * Who holds it now; null when nobody does, or who did is gone.
 * @param {string} file
 * @returns {Holder | null}
 */
function holderOf(file) {
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

/**
 * @param {string} file
 * @param {string} about what the holder does, told to those who find it taken
 * @returns {{ taken: true, release: () => void } | { taken: false, holder: Holder }}
 */
export function tryLock(file, about) {
  mkdirSync(dirname(file), { recursive: true });
  const mine = { pid: process.pid, identity: identityOf(process.pid) };
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(file, JSON.stringify({ ...mine, about }), { flag: 'wx' });
      return {
        taken: true,
        release: () => rmSync(file, { force: true }),
      };
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST' || attempt > 3) throw error;
      const holder = holderOf(file);
      if (holder) return { taken: false, holder };
      rmSync(file, { force: true });
    }
  }
}

/**
 * Takes the lock, waiting for whoever has it.
 * @param {string} file @param {string} about @param {(holder: Holder) => void} onWaiting
 */
export async function lock(file, about, onWaiting) {
  for (let told = false; ; told = true) {
    const attempt = tryLock(file, about);
    if (attempt.taken) return attempt;
    if (!told) onWaiting(attempt.holder);
    await new Promise((wake) => setTimeout(wake, 250));
  }
}

/** @param {string} text @returns {Holder | null} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // its writer was killed in the middle of it
  }
}
