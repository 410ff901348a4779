import { LRUCache } from 'lru-cache';

/** A page as it goes out, to whoever asks for the same. */
export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Seats on a page are at most so old when it leaves; then the stream of events tells. */
const FOR_MS = 1_000;
const MAX_PAGES = 500;
const MAX_BYTES = 50 * 1024 * 1024;
/** What an entry costs beside its body: key and headers. */
const OVERHEAD = 2_048;

/** Pages for visitors: made once a second, however many ask. Those who come while one is being made share it. */
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
    return this.pages.get(key) ?? this.underWay.get(key) ?? this.start(key, make);
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
