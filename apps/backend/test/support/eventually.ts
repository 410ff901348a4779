import { setTimeout as sleep } from 'node:timers/promises';

/** Polls until the condition holds for the value, and returns it. The error of a timeout shows the last value. */
export async function eventually<Value>(
  poll: () => Promise<Value> | Value,
  holds: (value: Value) => boolean,
  timeoutMs = 60_000,
): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await poll();
    if (holds(value)) return value;
    if (Date.now() > deadline)
      throw new Error(`After ${timeoutMs} ms it is still ${JSON.stringify(value)?.slice(0, 1_000)}`);
    await sleep(50);
  }
}
