import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ThrottledBatches } from './throttled-batches.js';

const INTERVAL_MS = 100;
const RETRY_DELAY_MS = 1_000;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
let batches: ThrottledBatches;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  batches.stop();
  vi.useRealTimers();
});

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

describe('throttled batches', () => {
  it('start at once, then once per interval with all ids that were added in the meantime', async () => {
    const started = startBatches();
    batches.add('a');
    await pass(0);
    expect(started.map(({ ids }) => ids)).toEqual([['a']]);
    started[0]!.end();
    for (const id of ['b', 'c', 'b']) batches.add(id);
    await pass(INTERVAL_MS - 1);
    expect(started).toHaveLength(1);
    await pass(1);
    expect(started.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c']]);
  });

  it('put an id that is added during its batch into the next one', async () => {
    const started = startBatches();
    batches.add('a');
    await pass(0);
    batches.add('a');
    await pass(INTERVAL_MS * 2);
    expect(started).toHaveLength(1);
    started[0]!.end();
    await pass(0);
    expect(started).toHaveLength(2);
    expect(started[1]!.ids).toEqual(['a']);
  });

  it('retry the ids of a failed batch after a delay, together with new ids', async () => {
    const started = startBatches();
    batches.add('a');
    await pass(0);
    started[0]!.fail();
    await pass(0);
    batches.add('b');
    await pass(RETRY_DELAY_MS - 1);
    expect(started).toHaveLength(1);
    await pass(1);
    expect(started).toHaveLength(2);
    expect([...started[1]!.ids].sort()).toEqual(['a', 'b']);
  });

  it('do not start after they were stopped', async () => {
    const started = startBatches();
    batches.add('a');
    batches.stop();
    batches.add('b');
    await pass(INTERVAL_MS * 2);
    expect(started).toEqual([]);
  });

  it('take at most a share of the time, up to the longest interval, however many ids are added', async () => {
    const starts: number[] = [];
    const durations = [50, 500, 0];
    batches = new ThrottledBatches(
      INTERVAL_MS,
      async () => {
        starts.push(performance.now());
        // Not that of node:timers/promises, which is not faked.
        await new Promise((resolve) => setTimeout(resolve, durations[starts.length - 1] ?? 0));
      },
      { factor: 10, maxMs: 1_000 },
    );
    const adding = setInterval(() => batches.add('a'), 10);
    await pass(1_900);
    clearInterval(adding);
    const intervals = starts.slice(1).map((at, n) => Math.round(at - (starts[n] as number)));
    expect(intervals.slice(0, 3)).toEqual([500, 1_000, 100]);
  });
});
