import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Page, PageCache } from './page-cache.js';

/** Makes pages that say how many were made before them, when the test says so. */
function aPrinter(status = 200) {
  const printing: { finish: () => void; fail: () => void }[] = [];
  const make = () =>
    new Promise<Page>((resolve, reject) => {
      const body = Buffer.from(String(printing.length));
      printing.push({ finish: () => resolve({ status, headers: {}, body }), fail: () => reject(new Error('away')) });
    });
  return { printing, make };
}
const bodyOf = async (page: Page | Promise<Page>) => (await page).body.toString();

describe('the cache of pages', () => {
  let now = 0;
  beforeEach(() => {
    now = 10_000;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => vi.restoreAllMocks());

  it('gives a page to all who ask while it is made, and for a second from when that began', async () => {
    const { printing, make } = aPrinter();
    const cache = new PageCache();
    const asked = [cache.get('a', 1_000, make), cache.get('a', 1_000, make)];
    now += 300;
    printing[0]?.finish();
    expect(await Promise.all(asked.map(bodyOf))).toEqual(['0', '0']);
    now += 699;
    expect(await bodyOf(cache.get('a', 1_000, make))).toBe('0');
    now += 2;
    const next = cache.get('a', 1_000, make);
    printing[1]?.finish();
    expect(await bodyOf(next)).toBe('1');
  });

  it('refreshes a page before it expires, once, and lets nobody wait for it', async () => {
    const { printing, make } = aPrinter();
    const cache = new PageCache();
    const first = cache.get('a', 1_000, make);
    printing[0]?.finish();
    await first;
    now += 500;
    expect(await Promise.all([cache.get('a', 1_000, make), cache.get('a', 1_000, make)].map(bodyOf))).toEqual([
      '0',
      '0',
    ]);
    expect(printing).toHaveLength(2);
    printing[1]?.finish();
    await vi.waitFor(async () => expect(await bodyOf(cache.get('a', 1_000, make))).toBe('1'));
    // Its second began when it was begun to be made.
    now += 1_001;
    const next = cache.get('a', 1_000, make);
    printing[2]?.finish();
    expect(await bodyOf(next)).toBe('2');
  });

  it('keeps what it has when a new one fails, for as long as it is good', async () => {
    const { printing, make } = aPrinter();
    const cache = new PageCache();
    const first = cache.get('a', 1_000, make);
    printing[0]?.finish();
    await first;
    now += 500;
    await cache.get('a', 1_000, make);
    printing[1]?.fail();
    await new Promise((resolve) => setImmediate(resolve));
    now += 400;
    expect(await bodyOf(cache.get('a', 1_000, make))).toBe('0');
    now += 200;
    const last = cache.get('a', 1_000, make);
    printing.at(-1)?.fail();
    await expect(last).rejects.toThrow('away');
  });

  it('keeps nothing but a page that went well', async () => {
    const { printing, make } = aPrinter(404);
    const cache = new PageCache();
    const first = cache.get('a', 1_000, make);
    printing[0]?.finish();
    await first;
    void cache.get('a', 1_000, make);
    expect(printing).toHaveLength(2);
  });

  it('holds no more than its bound of pages, and forgets the ones that nobody asks for', async () => {
    const cache = new PageCache();
    const made: string[] = [];
    const ask = async (key: string) => {
      await cache.get(key, 1_000, async () => {
        made.push(key);
        return { status: 200, headers: {}, body: Buffer.alloc(1024) };
      });
    };
    for (let n = 0; n < 501; n++) await ask(`page ${n}`);
    await ask('page 500');
    await ask('page 0');
    expect(made.filter((key) => key === 'page 500')).toHaveLength(1);
    expect(made.filter((key) => key === 'page 0')).toHaveLength(2);
  });
});
