/** Waits, or less long if the connection comes back. Rejects when it is given up. */
export function waitToRetry(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (done: () => void) => () => {
      clearTimeout(timer);
      window.removeEventListener('online', online);
      signal.removeEventListener('abort', aborted);
      done();
    };
    const online = finish(resolve);
    const aborted = finish(() => reject(signal.reason));
    const timer = setTimeout(online, milliseconds);
    window.addEventListener('online', online);
    signal.addEventListener('abort', aborted);
  });
}

/** 0.5, 1, 2, 4, 8, at most 10 seconds, spread by a quarter: a crowd that lost its connection comes back one by one. */
export function backoff(attempt: number): number {
  const base = Math.min(10_000, 500 * 2 ** attempt);
  return base * (0.875 + Math.random() * 0.25);
}
