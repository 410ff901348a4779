import { LRUCache } from 'lru-cache';

/** A response that many readers share. */
export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Refresh-ahead: a page asked for at this share of its lifetime is rendered again in the background, so that nobody waits. */
const REFRESH_AT = 0.4;
const MAX_PAGES = 500;
const MAX_BYTES = 50 * 1024 * 1024;
/** What an entry costs beside its body: key and headers. */
const OVERHEAD = 2_048;

/** Pages that many get alike: made once for all who ask, and kept for a while. */
export class PageCache {
  private readonly pages = new LRUCache<string, Page>({
    max: MAX_PAGES,
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_BYTES / 10,
    sizeCalculation: (page, key) => page.body.length + key.length + OVERHEAD,
    // Its clock is asked each time: a page must not be older than it says.
    ttlResolution: 0,
  });
  private readonly underWay = new Map<string, Promise<Page>>();

  get(key: string, forMs: number, make: () => Promise<Page>): Page | Promise<Page> {
    const kept = this.pages.get(key);
    const underWay = this.underWay.get(key);
    if (kept === undefined) return underWay ?? this.start(key, forMs, make);
    const isAging = this.pages.getRemainingTTL(key) < forMs * (1 - REFRESH_AT);
    // If the refresh fails, requests after the expiry render again and get the error.
    if (isAging && underWay === undefined) this.start(key, forMs, make).catch(() => {});
    return kept;
  }

  private start(key: string, forMs: number, make: () => Promise<Page>): Promise<Page> {
    // What the page shows is read after this moment, not before.
    const start = performance.now();
    const page = make().then((made) => {
      if (made.status === 200) this.pages.set(key, made, { start, ttl: forMs });
      return made;
    });
    this.underWay.set(key, page);
    const done = () => this.underWay.delete(key);
    page.then(done, done);
    return page;
  }
}
