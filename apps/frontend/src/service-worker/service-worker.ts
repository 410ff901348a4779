import { OFFLINE_CACHE } from '../lib/offline/names';

/*
 * Keeps the pages in its scopes, doors and tickets, so that they load without a network. It is registered for these two
 * paths only: no other page goes through it. Data is not its business: the door keeps its own.
 */

interface WorkerEvent extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface WorkerFetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface WorkerMessageEvent extends WorkerEvent {
  readonly data: { readonly page: string; readonly files: readonly string[] };
  readonly ports: readonly MessagePort[];
}
/** The library of types for workers contradicts the one for pages. */
type WorkerScope = {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: WorkerEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: WorkerFetchEvent) => void): void;
  addEventListener(type: 'message', listener: (event: WorkerMessageEvent) => void): void;
};
const worker = globalThis as unknown as WorkerScope;

/** After this a page is taken from the cache: a network that hangs is worse than none. */
const PAGE_TIMEOUT_MS = 4_000;
/** Their names change with their content. */
const STATIC_FILES = '/_next/static/';
const STATIC_PATHS = /\/_next\/static\/(?:chunks|media)\/[\w.~-]+/g;
/** The files that a cached page has loaded, beside it in the cache. */
const filesOf = (page: string) => `${page}?files`;

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
// Otherwise the page that has registered it would load its next files past it.
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(loadPage(request, pathname));
  else if (pathname.startsWith(STATIC_FILES)) event.respondWith(loadFile(request));
});

/** The page tells which files it has loaded, also before this worker was there. Answers whether all of them are kept. */
worker.addEventListener('message', (event) => {
  const { page, files } = event.data;
  const [port] = event.ports;
  event.waitUntil(
    keep(page, files).then(
      () => port?.postMessage(true),
      () => port?.postMessage(false),
    ),
  );
});

async function loadPage(request: Request, page: string): Promise<Response> {
  const cache = await caches.open(OFFLINE_CACHE);
  const loading = fetch(request).then(async (response) => {
    if (isKept(response)) await cache.put(page, response.clone());
    return response;
  });
  const timeout = new Promise<null>((resolve) => setTimeout(() => resolve(null), PAGE_TIMEOUT_MS));
  const loaded = await Promise.race([loading.catch(() => null), timeout]);
  // While the server is restarted, it answers 503.
  if (loaded !== null && loaded.status < 500) return loaded;
  return (await cache.match(page)) ?? loading;
}

async function loadFile(request: Request): Promise<Response> {
  const cache = await caches.open(OFFLINE_CACHE);
  const cached = await cache.match(request.url);
  if (cached !== undefined) return cached;
  const response = await fetch(request);
  if (isKept(response)) await cache.put(request.url, response.clone());
  return response;
}

async function keep(page: string, files: readonly string[]): Promise<void> {
  const cache = await caches.open(OFFLINE_CACHE);
  const load = async (url: string) => {
    if ((await cache.match(url)) !== undefined) return;
    const response = await fetch(url, { headers: { accept: 'text/html,*/*' } });
    if (!isKept(response)) throw new Error(`${response.status} ${url}`);
    await cache.put(url, response);
  };
  await load(page);
  const html = (await (await cache.match(page))?.text()) ?? '';
  // The page that is kept may be of a newer release than the one that is open, or have other files if that was not
  // loaded but reached by a link.
  const all = [...new Set([...files, ...(html.match(STATIC_PATHS) ?? []).map((path) => location.origin + path)])];
  await Promise.all(all.map(load));
  await cache.put(filesOf(page), Response.json(all));
  await deleteUnused(cache);
}

/** Files of an earlier release that no kept page uses. */
async function deleteUnused(cache: Cache): Promise<void> {
  const keys = await cache.keys();
  const lists = keys.filter(({ url }) => new URL(url).search === '?files');
  const used = new Set<string>();
  for (const key of lists) {
    const list = await cache.match(key);
    for (const url of ((await list?.json()) ?? []) as string[]) used.add(new URL(url, location.origin).href);
  }
  for (const { url } of keys)
    if (new URL(url).pathname.startsWith(STATIC_FILES) && !used.has(url)) await cache.delete(url);
}

/** Not a redirect to the sign-in page, and no error. */
const isKept = ({ ok, redirected }: Response): boolean => ok && !redirected;
