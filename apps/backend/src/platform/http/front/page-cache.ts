import { LRUCache } from 'lru-cache';

/** A response that is shared by many readers. */
export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Refresh-ahead: a request after this share of the lifetime makes the page render again in the background. */
const REFRESH_FROM = 0.4;
const MAX_PAGES = 500;
const MAX_BYTES = 50 * 1024 * 1024;
/** Estimated size of the headers of an entry. */
const OVERHEAD_BYTES = 2_048;

/** Caches pages for `ttlMs` from the start of rendering; concurrent requests for a page wait for one rendering. */
export class PageCache {
  private readonly pages = new LRUCache<string, Page>({
    max: MAX_PAGES,
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_BYTES / 10,
    sizeCalculation: (page, key) => page.body.length + key.length + OVERHEAD_BYTES,
    // Reads the clock for each lookup. By default it is cached, and pages could outlive their lifetime.
    ttlResolution: 0,
  });
  private readonly rendering = new Map<string, Promise<Page>>();

  get(key: string, ttlMs: number, render: () => Promise<Page>): Page | Promise<Page> {
    const cached = this.pages.get(key);
    const rendering = this.rendering.get(key);
    if (cached === undefined) return rendering ?? this.start(key, ttlMs, render);
    const isAging = this.pages.getRemainingTTL(key) < ttlMs * (1 - REFRESH_FROM);
    // If the refresh fails, requests after the expiry render again and get the error.
    if (isAging && rendering === undefined) this.start(key, ttlMs, render).catch(() => {});
    return cached;
  }

  private start(key: string, ttlMs: number, render: () => Promise<Page>): Promise<Page> {
    // The data of the page is read after this moment, so its age counts from here.
    const start = performance.now();
    const rendering = render().then((page) => {
      if (page.status === 200) this.pages.set(key, page, { start, ttl: ttlMs });
      return page;
    });
    this.rendering.set(key, rendering);
    const remove = () => this.rendering.delete(key);
    rendering.then(remove, remove);
    return rendering;
  }
}
