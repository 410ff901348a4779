import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ThrottledBatches } from './throttled-batches.js';

const INTERVAL_MS = 100;
let batches: ThrottledBatches;
afterEach(() => batches.stop());

/** Batches that end when the test says so. */
function startBatches() {
  const begun: { ids: readonly string[]; at: number; end: () => void; fail: () => void }[] = [];
  batches = new ThrottledBatches(
    INTERVAL_MS,
    (ids) =>
      new Promise<void>((resolve, reject) => {
        begun.push({ ids, at: performance.now(), end: resolve, fail: () => reject(new Error('away')) });
      }),
  );
  return begun;
}
const until = (assertion: () => void, timeout = 2_000) => vi.waitFor(assertion, { timeout, interval: 1 });

describe('throttled batches', () => {
  it('begin at once, then once per interval with all that was added meanwhile', async () => {
    const begun = startBatches();
    const added = performance.now();
    batches.add('a');
    await until(() => expect(begun).toHaveLength(1));
    expect(begun[0]!.at - added).toBeLessThan(INTERVAL_MS / 2);
    begun[0]!.end();
    for (const id of ['b', 'c', 'b']) batches.add(id);
    await until(() => expect(begun).toHaveLength(2));
    expect(begun.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c']]);
    // Node's timers know whole milliseconds.
    expect(begun[1]!.at - begun[0]!.at).toBeGreaterThan(INTERVAL_MS - 2);
  });

  it('take an id that is added while its batch is under way into the next one', async () => {
    const begun = startBatches();
    batches.add('a');
    await until(() => expect(begun).toHaveLength(1));
    batches.add('a');
    await pause(INTERVAL_MS * 2);
    expect(begun).toHaveLength(1);
    begun[0]!.end();
    await until(() => expect(begun).toHaveLength(2));
    expect(begun[1]!.ids).toEqual(['a']);
  });

  it('try again later what has failed, together with what came since', async () => {
    const begun = startBatches();
    batches.add('a');
    await until(() => expect(begun).toHaveLength(1));
    begun[0]!.fail();
    await pause(0);
    batches.add('b');
    await pause(INTERVAL_MS * 3);
    expect(begun).toHaveLength(1);
    await until(() => expect(begun).toHaveLength(2));
    expect([...begun[1]!.ids].sort()).toEqual(['a', 'b']);
  });

  it('begin no more once they are stopped', async () => {
    const begun = startBatches();
    batches.add('a');
    batches.stop();
    batches.add('b');
    await pause(INTERVAL_MS * 2);
    expect(begun).toEqual([]);
  });
});
