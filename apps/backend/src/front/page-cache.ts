import { LRUCache } from 'lru-cache';

/** A page as it goes out, to whoever asks for the same. */
export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Seats on a page are at most so old when it leaves; then the stream of events tells. */
const FOR_MS = 1_000;
/** A page that is asked for at this age is made anew beside it, so that nobody waits for one that many look at. */
const REFRESH_MS = 400;
const MAX_PAGES = 500;
const MAX_BYTES = 50 * 1024 * 1024;
/** What an entry costs beside its body: key and headers. */
const OVERHEAD = 2_048;

/** Pages for visitors: made twice a second, however many ask. Those who come while a first one is being made share it. */
export class PageCache {
  private readonly pages = new LRUCache<string, Page>({
    max: MAX_PAGES,
    maxSize: MAX_BYTES,
    maxEntrySize: MAX_BYTES / 10,
    sizeCalculation: (page, key) => page.body.length + key.length + OVERHEAD,
    ttl: FOR_MS,
    // Its clock is asked each time: a page must not be older than it says.
    ttlResolution: 0,
  });
  private readonly underWay = new Map<string, Promise<Page>>();

  get(key: string, make: () => Promise<Page>): Page | Promise<Page> {
    const kept = this.pages.get(key);
    const underWay = this.underWay.get(key);
    if (kept === undefined) return underWay ?? this.start(key, make);
    // Where it fails, the next one who asks after the kept one is over meets the failure.
    if (underWay === undefined && this.pages.getRemainingTTL(key) < FOR_MS - REFRESH_MS)
      this.start(key, make).catch(() => {});
    return kept;
  }

  private start(key: string, make: () => Promise<Page>): Promise<Page> {
    // What the page shows is read after this moment, not before.
    const start = performance.now();
    const page = make().then((made) => {
      if (made.status === 200) this.pages.set(key, made, { start });
      return made;
    });
    this.underWay.set(key, page);
    const done = () => this.underWay.delete(key);
    page.then(done, done);
    return page;
  }
}
