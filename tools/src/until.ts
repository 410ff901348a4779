export interface WaitOptions {
  readonly timeoutMs: number;
  /** Gives up before the timeout, when the condition can no longer become true. */
  readonly stopIf?: () => boolean;
  readonly error: () => Error;
}

const POLL_MS = 50;

/** Polls until the condition is true; throws `error()` otherwise. */
export async function until(
  condition: () => Promise<boolean>,
  { timeoutMs, stopIf, error }: WaitOptions,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (stopIf?.() || performance.now() > deadline) throw error();
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
