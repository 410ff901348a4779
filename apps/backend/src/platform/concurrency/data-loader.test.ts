import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DataLoader } from './data-loader.js';

/** A loader that records its batches, each of which ends when the test calls `resolve` or `reject`. */
function startLoader() {
  const batches: { ids: string[]; resolve: () => void; reject: () => void }[] = [];
  const loader = new DataLoader<string>(
    (ids) =>
      new Promise((resolve, reject) => {
        const rows = new Map(ids.filter((id) => id !== 'none').map((id) => [id, `row ${id}`]));
        batches.push({ ids, resolve: () => resolve(rows), reject: () => reject(new Error('unavailable')) });
      }),
  );
  return { batches, loader };
}
const iteration = () => new Promise((resolve) => setImmediate(resolve));
/** A batch starts at the end of an iteration of the event loop. */
const nextTurn = async () => {
  await iteration();
  await iteration();
};

describe('the data loader', () => {
  it('reads what is requested in one iteration of the event loop together', async () => {
    const { batches, loader } = startLoader();
    const calls = [loader.get('a')];
    // Promises are settled between two requests that the event loop reads.
    await new Promise((resolve) => process.nextTick(resolve));
    calls.push(loader.get('b'));
    await nextTurn();
    expect(batches.map(({ ids }) => ids)).toEqual([['a', 'b']]);
    batches[0]!.resolve();
    expect(await Promise.all(calls)).toEqual(['row a', 'row b']);
  });

  it('starts the first batch at once and collects the keys that arrive while it runs', async () => {
    const { batches, loader } = startLoader();
    const first = loader.get('a');
    await nextTurn();
    const later = [loader.get('b'), loader.get('c'), loader.get('b'), loader.get('none')];
    await nextTurn();
    expect(batches.map(({ ids }) => ids)).toEqual([['a']]);
    batches[0]!.resolve();
    expect(await first).toBe('row a');
    await nextTurn();
    expect(batches[1]!.ids).toEqual(['b', 'c', 'none']);
    batches[1]!.resolve();
    expect(await Promise.all(later)).toEqual(['row b', 'row c', 'row b', null]);
  });

  it('never returns data that was read before the call', async () => {
    const { batches, loader } = startLoader();
    const early = loader.get('a');
    await nextTurn();
    const late = loader.get('a');
    batches[0]!.resolve();
    await early;
    await nextTurn();
    expect(batches).toHaveLength(2);
    batches[1]!.resolve();
    expect(await late).toBe('row a');
  });

  it('continues after a failed batch, which only its own callers see', async () => {
    const { batches, loader } = startLoader();
    const failed = loader.get('a');
    await nextTurn();
    const next = loader.get('b');
    batches[0]!.reject();
    await expect(failed).rejects.toThrow('unavailable');
    await nextTurn();
    batches[1]!.resolve();
    expect(await next).toBe('row b');
  });

  it('splits keys into batches of the maximum size', async () => {
    const calls: string[][] = [];
    const limited = new DataLoader<string>(async (keys) => {
      calls.push(keys);
      return new Map(keys.map((key) => [key, `${key}!`]));
    }, 2);
    const keys = ['a', 'b', 'c', 'c', 'd', 'e'];
    expect(await Promise.all(keys.map((key) => limited.get(key)))).toEqual(['a!', 'b!', 'c!', 'c!', 'd!', 'e!']);
    expect(calls).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('R3: answers BUSY in time while a batch hangs, to the callers behind it too, and then loads again', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const results: ((rows: ReadonlyMap<string, string>) => void)[] = [];
    const loader = new DataLoader<string>(() => new Promise((resolve) => results.push(resolve)), 10, 1_000);
    const outcomeOf = (call: Promise<string | null>) => call.catch(({ code }) => code);
    const first = outcomeOf(loader.get('a'));
    await vi.advanceTimersByTimeAsync(500);
    const second = outcomeOf(loader.get('b'));
    await vi.advanceTimersByTimeAsync(500);
    expect(await first).toBe('BUSY');
    await vi.advanceTimersByTimeAsync(500);
    expect(await second).toBe('BUSY');

    await vi.advanceTimersByTimeAsync(500);
    const third = loader.get('a');
    await vi.advanceTimersByTimeAsync(10);
    expect(results).toHaveLength(3);
    results[2]!(new Map([['a', 'row a']]));
    expect(await third).toBe('row a');
    expect(vi.getTimerCount()).toBe(0);
  });
});
