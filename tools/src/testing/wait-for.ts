import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 20;

/** Polls until `check` returns something other than undefined or false. An error that it throws ends the wait. */
export async function waitFor<T>(
  what: string,
  check: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 60_000,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const result = await check();
    if (result !== undefined && result !== false) return result;
    if (performance.now() > deadline) throw new Error(`Timed out after ${timeoutMs / 1000} s waiting until ${what}`);
    await sleep(INTERVAL_MS);
  }
}
