// Stops the processes that the tool started, however the tool itself ends, SIGKILL included.
//
// The tool (processes.mjs) holds the other end of this process's standard input and writes which processes it starts
// ("add") and which have exited ("remove"). The pipe closes when the tool closes it and also when the tool is killed. Then
// every listed process gets its stop signal, programs before the servers they use, and is killed after its grace period.
import { createInterface } from 'node:readline';

/** @typedef {{ pid: number, tier: number, stopSignal: NodeJS.Signals, graceMs: number, killSignal: NodeJS.Signals }} WatchedProcess */

const POLL_MS = 40;

/** @type {Map<number, WatchedProcess>} */
const watched = new Map();
let skipGracePeriod = false;

/**
 * Signals the process and its group; false when neither exists any more. Signal 0 only checks.
 * @param {number} pid @param {NodeJS.Signals | 0} signal
 */
function signalGroup(pid, signal) {
  // An interactive process stays in the tool's group: there is no group with this id, so the process itself is tried next.
  return [-pid, pid].some((target) => {
    try {
      return process.kill(target, signal);
    } catch {
      return false; // no such process
    }
  });
}

/** @param {number} ms */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {WatchedProcess} target */
async function stop({ pid, stopSignal, graceMs, killSignal }) {
  const deadline = performance.now() + graceMs;
  signalGroup(pid, stopSignal);
  while (signalGroup(pid, 0)) {
    if (skipGracePeriod || performance.now() > deadline) {
      signalGroup(pid, killSignal);
      await sleep(skipGracePeriod ? 200 : 2_000);
      signalGroup(pid, 'SIGKILL');
      return;
    }
    await sleep(POLL_MS);
  }
}

async function stopAll() {
  const tiers = [...new Set([...watched.values()].map(({ tier }) => tier))].sort((a, b) => b - a);
  for (const tier of tiers) await Promise.all([...watched.values()].filter((one) => one.tier === tier).map(stop));
  process.exit(0);
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { add, remove } = JSON.parse(line);
    if (add) watched.set(add.pid, add);
    else watched.delete(remove);
  })
  .on('close', stopAll); // cannot reject: signalGroup catches what kill() throws

// Ctrl-C and a closed terminal must not end the watchdog before the tool. The tool sends SIGTERM when the user presses
// Ctrl-C a second time.
process.on('SIGINT', () => {}).on('SIGHUP', () => {});
process.on('SIGTERM', () => {
  skipGracePeriod = true;
});
