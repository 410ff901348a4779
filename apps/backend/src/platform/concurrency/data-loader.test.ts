import { describe, expect, it } from 'vitest';
import { DataLoader } from './data-loader.js';

/** A store whose answers come when the test says so. */
function aStore() {
  const asked: { ids: string[]; answer: () => void; fail: () => void }[] = [];
  const reads = new DataLoader<string>(
    (ids) =>
      new Promise((resolve, reject) => {
        const answer = () => resolve(new Map(ids.filter((id) => id !== 'none').map((id) => [id, `${id} as read`])));
        asked.push({ ids, answer, fail: () => reject(new Error('away')) });
      }),
  );
  return { asked, reads };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('reading in batches', () => {
  it('asks at once for who is alone, and together for all who come meanwhile', async () => {
    const { asked, reads } = aStore();
    const first = reads.get('a');
    await turn();
    const later = [reads.get('b'), reads.get('c'), reads.get('b'), reads.get('none')];
    await turn();
    expect(asked.map(({ ids }) => ids)).toEqual([['a']]);
    asked[0]!.answer();
    expect(await first).toBe('a as read');
    await turn();
    expect(asked[1]!.ids).toEqual(['b', 'c', 'none']);
    asked[1]!.answer();
    expect(await Promise.all(later)).toEqual(['b as read', 'c as read', 'b as read', null]);
  });

  it('never gives what was read before it was asked for', async () => {
    const { asked, reads } = aStore();
    const early = reads.get('a');
    await turn();
    const late = reads.get('a');
    asked[0]!.answer();
    await early;
    await turn();
    expect(asked).toHaveLength(2);
    asked[1]!.answer();
    expect(await late).toBe('a as read');
  });

  it('goes on after a failure, of which only those hear who asked', async () => {
    const { asked, reads } = aStore();
    const failed = reads.get('a');
    await turn();
    const next = reads.get('b');
    asked[0]!.fail();
    await expect(failed).rejects.toThrow('away');
    await turn();
    asked[1]!.answer();
    expect(await next).toBe('b as read');
  });

  it('fills one batch after the other, none with more keys than it may have', async () => {
    const batches: string[][] = [];
    const batcher = new DataLoader<string>(async (keys) => {
      batches.push(keys);
      return new Map(keys.map((key) => [key, `${key}!`]));
    }, 2);
    const keys = ['a', 'b', 'c', 'c', 'd', 'e'];
    expect(await Promise.all(keys.map((key) => batcher.get(key)))).toEqual(['a!', 'b!', 'c!', 'c!', 'd!', 'e!']);
    expect(batches).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });
});
