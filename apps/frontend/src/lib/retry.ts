/** Resolves after the delay, or earlier if the browser comes back online. Rejects when the signal aborts. */
export function waitForRetry(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (settle: () => void) => () => {
      clearTimeout(timer);
      window.removeEventListener('online', onOnline);
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const onOnline = finish(resolve);
    const onAbort = finish(() => reject(signal.reason));
    const timer = setTimeout(onOnline, delayMs);
    window.addEventListener('online', onOnline);
    signal.addEventListener('abort', onAbort);
  });
}

/** Exponential back-off: 0.5, 1, 2, 4, 8, at most 10 s, with 12.5 % jitter so that clients do not retry in step. */
export function backoffMs(attempt: number): number {
  const base = Math.min(10_000, 500 * 2 ** attempt);
  return base * (0.875 + Math.random() * 0.25);
}
