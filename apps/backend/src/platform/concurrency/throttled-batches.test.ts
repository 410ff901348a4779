import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ThrottledBatches } from './throttled-batches.js';

const INTERVAL_MS = 100;
let batches: ThrottledBatches;
afterEach(() => batches.stop());

/** Records the batches, each of which ends when the test calls `end` or `fail`. */
function startBatches() {
  const started: { ids: readonly string[]; end: () => void; fail: () => void }[] = [];
  batches = new ThrottledBatches(
    INTERVAL_MS,
    (ids) =>
      new Promise<void>((resolve, reject) => {
        started.push({ ids, end: resolve, fail: () => reject(new Error('unavailable')) });
      }),
  );
  return started;
}
const until = (assertion: () => void, timeout = 2_000) => vi.waitFor(assertion, { timeout, interval: 1 });

describe('throttled batches', () => {
  it('start at once, then once per interval with all ids that were added in the meantime', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const started = startBatches();
    batches.add('a');
    await vi.advanceTimersByTimeAsync(0);
    expect(started.map(({ ids }) => ids)).toEqual([['a']]);
    started[0]!.end();
    for (const id of ['b', 'c', 'b']) batches.add(id);
    await vi.advanceTimersByTimeAsync(INTERVAL_MS - 1);
    expect(started).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(started.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c']]);
  });

  it('put an id that is added during its batch into the next one', async () => {
    const started = startBatches();
    batches.add('a');
    await until(() => expect(started).toHaveLength(1));
    batches.add('a');
    await pause(INTERVAL_MS * 2);
    expect(started).toHaveLength(1);
    started[0]!.end();
    await until(() => expect(started).toHaveLength(2));
    expect(started[1]!.ids).toEqual(['a']);
  });

  it('retry the ids of a failed batch after a delay, together with new ids', async () => {
    const started = startBatches();
    batches.add('a');
    await until(() => expect(started).toHaveLength(1));
    started[0]!.fail();
    await pause(0);
    batches.add('b');
    await pause(INTERVAL_MS * 3);
    expect(started).toHaveLength(1);
    await until(() => expect(started).toHaveLength(2));
    expect([...started[1]!.ids].sort()).toEqual(['a', 'b']);
  });

  it('do not start after they were stopped', async () => {
    const started = startBatches();
    batches.add('a');
    batches.stop();
    batches.add('b');
    await pause(INTERVAL_MS * 2);
    expect(started).toEqual([]);
  });

  it('take at most a share of the time, up to the longest interval, however many ids are added', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const starts: number[] = [];
    const durations = [50, 500, 0];
    batches = new ThrottledBatches(
      INTERVAL_MS,
      async () => {
        starts.push(performance.now());
        // Not the `pause` of node:timers/promises, which is not faked.
        await new Promise((resolve) => setTimeout(resolve, durations[starts.length - 1] ?? 0));
      },
      { factor: 10, maxMs: 1_000 },
    );
    const adding = setInterval(() => batches.add('a'), 10);
    await vi.advanceTimersByTimeAsync(1_900);
    clearInterval(adding);
    const intervals = starts.slice(1).map((at, n) => Math.round(at - (starts[n] as number)));
    expect(intervals.slice(0, 3)).toEqual([500, 1_000, 100]);
  });
});
