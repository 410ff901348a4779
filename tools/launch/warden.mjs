// Ends what the tool started, however the tool itself ends.
//
// The tool holds the other end of this process's standard input and writes there whom it starts ("add") and who is gone
// ("remove"). When the pipe closes, because the tool closed it or because somebody killed the tool, everything still on
// the list is asked to end, programs before the servers they talk to, and ended the hard way when its time is over.
import { createInterface } from 'node:readline';

/** @typedef {{ pid: number, tier: number, signal: NodeJS.Signals, graceMs: number, last: NodeJS.Signals }} Ward */

const POLL_MS = 40;

/** @type {Map<number, Ward>} */
const wards = new Map();
let hurry = false;

/** @param {number} pid @param {NodeJS.Signals | 0} signal whether anybody of its group was there to hear it */
function tell(pid, signal) {
  // Most have a group of their own; one that asks the person something does not.
  return [-pid, pid].some((target) => {
    try {
      return process.kill(target, signal);
    } catch {
      return false;
    }
  });
}

/** @param {number} ms */
const pause = (ms) => new Promise((wake) => setTimeout(wake, ms));

/** @param {Ward} ward */
async function end({ pid, signal, graceMs, last }) {
  const deadline = performance.now() + graceMs;
  tell(pid, signal);
  while (tell(pid, 0)) {
    if (hurry || performance.now() > deadline) {
      tell(pid, last);
      await pause(hurry ? 200 : 2_000);
      tell(pid, 'SIGKILL');
      return;
    }
    await pause(POLL_MS);
  }
}

async function endAll() {
  const tiers = [...new Set([...wards.values()].map((ward) => ward.tier))].sort((a, b) => b - a);
  for (const tier of tiers) await Promise.all([...wards.values()].filter((ward) => ward.tier === tier).map(end));
  process.exit(0);
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { add, remove } = JSON.parse(line);
    if (add) wards.set(add.pid, add);
    else wards.delete(remove);
  })
  .on('close', endAll);

// Ctrl-C in a terminal reaches every process of its group; this one has to outlive the tool. SIGTERM is the tool's
// word for "now": somebody pressed Ctrl-C twice.
process.on('SIGINT', () => {}).on('SIGHUP', () => {});
process.on('SIGTERM', () => {
  hurry = true;
});
