import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RequestCoalescer } from './request-coalescing.js';

const LIMIT_MS = 1_000;

/** Records the reads, each of which ends when the test calls `resolve`. */
function startCoalescer() {
  const reads: { resolve: (value: string) => void }[] = [];
  const coalescer = new RequestCoalescer<string>(LIMIT_MS);
  const get = () => coalescer.get('key', () => new Promise((resolve) => reads.push({ resolve })));
  return { reads, get };
}
/** The outcome of a call, also of one that fails before the test looks at it. */
const outcomeOf = (call: Promise<string>) => call.catch(({ code, options }) => ({ code, ...options }));
const BUSY = { code: 'BUSY', retryAfterSeconds: 1 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('request coalescing', () => {
  it('shares the next read among calls that are made during a read, so that nobody gets data from before the call', async () => {
    const { reads, get } = startCoalescer();
    const first = get();
    const later = [get(), get()];
    expect(reads).toHaveLength(1);
    reads[0]!.resolve('old');
    expect(await first).toBe('old');
    reads[1]!.resolve('new');
    expect(await Promise.all(later)).toEqual(['new', 'new']);
    expect(reads).toHaveLength(2);
  });

  it('R3: answers BUSY in time while a read hangs, to those who wait for the next one too, and then reads again', async () => {
    const { reads, get } = startCoalescer();
    const first = outcomeOf(get());
    await vi.advanceTimersByTimeAsync(LIMIT_MS / 2);
    const second = outcomeOf(get());
    await vi.advanceTimersByTimeAsync(LIMIT_MS / 2);
    expect(await first).toEqual(BUSY);
    // The next read has started and hangs as well.
    expect(reads).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(LIMIT_MS / 2);
    expect(await second).toEqual(BUSY);

    await vi.advanceTimersByTimeAsync(LIMIT_MS / 2);
    const third = get();
    expect(reads).toHaveLength(3);
    reads[2]!.resolve('current');
    expect(await third).toBe('current');
    expect(vi.getTimerCount()).toBe(0);
  });
});
