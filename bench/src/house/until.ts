import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until the answer is no longer undefined or false. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
  forMs = 30_000,
): Promise<T> {
  const end = performance.now() + forMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`Waited ${forMs / 1000} s in vain until ${what}`);
    await pause(20);
  }
}
