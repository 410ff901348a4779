import { setTimeout as delay } from 'node:timers/promises';

/** Hides in the time it takes whether there was anything to do. */
export async function withMinimumDuration<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const [result] = await Promise.allSettled([work, delay(ms)]);
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}
