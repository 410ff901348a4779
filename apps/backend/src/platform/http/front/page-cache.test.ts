import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Page, PageCache } from './page-cache.js';

/** Renders pages whose body is their number. A rendering ends when the test calls `finish` or `fail`. */
function startRenderer(status = 200) {
  const renderings: { finish: () => void; fail: () => void }[] = [];
  const render = () =>
    new Promise<Page>((resolve, reject) => {
      const body = Buffer.from(String(renderings.length));
      renderings.push({
        finish: () => resolve({ status, headers: {}, body }),
        fail: () => reject(new Error('unavailable')),
      });
    });
  return { renderings, render };
}
const bodyOf = async (page: Page | Promise<Page>) => (await page).body.toString();

describe('the page cache', () => {
  let now = 0;
  beforeEach(() => {
    now = 10_000;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => vi.restoreAllMocks());

  it('shares one rendering between concurrent requests, and keeps the page for its lifetime from the start of it', async () => {
    const { renderings, render } = startRenderer();
    const cache = new PageCache();
    const pages = [cache.get('a', 1_000, render), cache.get('a', 1_000, render)];
    now += 300;
    renderings[0]?.finish();
    expect(await Promise.all(pages.map(bodyOf))).toEqual(['0', '0']);
    now += 699;
    expect(await bodyOf(cache.get('a', 1_000, render))).toBe('0');
    now += 2;
    const next = cache.get('a', 1_000, render);
    renderings[1]?.finish();
    expect(await bodyOf(next)).toBe('1');
  });

  it('refreshes a page once in the background before it expires', async () => {
    const { renderings, render } = startRenderer();
    const cache = new PageCache();
    const first = cache.get('a', 1_000, render);
    renderings[0]?.finish();
    await first;
    now += 500;
    expect(await Promise.all([cache.get('a', 1_000, render), cache.get('a', 1_000, render)].map(bodyOf))).toEqual([
      '0',
      '0',
    ]);
    expect(renderings).toHaveLength(2);
    renderings[1]?.finish();
    await vi.waitFor(async () => expect(await bodyOf(cache.get('a', 1_000, render))).toBe('1'), 20_000);
    // The lifetime counts from the start of the rendering.
    now += 1_001;
    const next = cache.get('a', 1_000, render);
    renderings[2]?.finish();
    expect(await bodyOf(next)).toBe('2');
  });

  it('keeps a page until it expires when the refresh fails', async () => {
    const { renderings, render } = startRenderer();
    const cache = new PageCache();
    const first = cache.get('a', 1_000, render);
    renderings[0]?.finish();
    await first;
    now += 500;
    await cache.get('a', 1_000, render);
    renderings[1]?.fail();
    await new Promise((resolve) => setImmediate(resolve));
    now += 400;
    expect(await bodyOf(cache.get('a', 1_000, render))).toBe('0');
    now += 200;
    const last = cache.get('a', 1_000, render);
    renderings.at(-1)?.fail();
    await expect(last).rejects.toThrow('unavailable');
  });

  it('does not keep a page with another status than 200', async () => {
    const { renderings, render } = startRenderer(404);
    const cache = new PageCache();
    const first = cache.get('a', 1_000, render);
    renderings[0]?.finish();
    await first;
    void cache.get('a', 1_000, render);
    expect(renderings).toHaveLength(2);
  });

  it('evicts the least recently used pages beyond its maximum', async () => {
    const cache = new PageCache();
    const rendered: string[] = [];
    const load = async (key: string) => {
      await cache.get(key, 1_000, async () => {
        rendered.push(key);
        return { status: 200, headers: {}, body: Buffer.alloc(1024) };
      });
    };
    for (let n = 0; n < 501; n++) await load(`page ${n}`);
    await load('page 500');
    await load('page 0');
    expect(rendered.filter((key) => key === 'page 500')).toHaveLength(1);
    expect(rendered.filter((key) => key === 'page 0')).toHaveLength(2);
  });
});
