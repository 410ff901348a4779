import type { FastifyRequest } from 'fastify';
import type { Pool } from 'undici';
import {
  compress,
  type Encoding,
  encodingFor,
  isCompressible,
  SHARED_PAGE_QUALITY,
  STATIC_FILE_QUALITY,
} from './compress.js';
import { newNonce, nonceToHashes, policyWithHashes, policyWithNonce } from './content-policy.js';
import { type Page, PageCache } from './page-cache.js';
import { pageFeatures } from './page-features.js';
import { commonHeaders, pageRequest, sharedPagePath, staticFilePath } from './page-request.js';

/** The maximum age of the seats on a page when it is sent; after that the event stream updates them. */
const PAGE_TTL_MS = 1_000;
/** Static files have a content hash in their name and never change. */
const FILE_TTL_MS = 3_600_000;

const CACHED_HEADERS = ['content-type', 'cache-control', 'location', 'link', 'vary', 'content-disposition'];

/** The web app has set a cookie, so the response is for one person: every request needs its own. */
export const NOT_SHAREABLE: Page = { status: 0, headers: {}, body: Buffer.alloc(0) };

/** Responses that are the same for many readers: pages for visitors without a session, and static files. */
export class SharedPages {
  private readonly cache = new PageCache();

  constructor(
    private readonly web: Pool,
    private readonly publicApiOrigin: string,
  ) {}

  /** Null for a page of one person. */
  get(request: FastifyRequest): Page | Promise<Page> | null {
    const file = staticFilePath(request);
    const encoding = encodingFor(request.headers);
    if (file !== null)
      return this.cache.get(JSON.stringify([file, encoding]), FILE_TTL_MS, () => this.loadFile(file, encoding));
    const path = sharedPagePath(request);
    if (path === null) return null;
    const variant = pageRequest(request);
    const headers = { ...commonHeaders(variant), 'x-page': path, 'x-request-id': request.id };
    const key = JSON.stringify([path, encoding, ...Object.values(variant)]);
    return this.cache.get(key, PAGE_TTL_MS, () => this.loadPage(path, headers, encoding));
  }

  private async loadFile(path: string, encoding: Encoding): Promise<Page> {
    return this.encode(await this.fetch(path, {}), encoding, STATIC_FILE_QUALITY, ['accept-encoding']);
  }

  private async loadPage(path: string, headers: Record<string, string>, encoding: Encoding): Promise<Page> {
    const nonce = newNonce();
    const page = await this.fetch(path, { ...headers, 'content-security-policy': policyWithNonce(nonce, '') });
    // Only the requests that are waiting get an error: the cache keeps status 200 alone.
    if (page === NOT_SHAREABLE || page.status >= 500) return page;
    const { link = '', ...rest } = page.headers;
    const pageHeaders: Record<string, string> = rest;
    // Preload headers carry the nonce as well.
    if (link) pageHeaders.link = link.replaceAll(`; nonce="${nonce}"`, '');
    let { body } = page;
    if (pageHeaders['content-type']?.startsWith('text/html')) {
      const { html, hashes } = nonceToHashes(body.toString(), nonce);
      body = Buffer.from(html);
      pageHeaders['content-security-policy'] = policyWithHashes(
        hashes,
        this.publicApiOrigin,
        pageFeatures(path).scripts,
      );
    }
    const vary = ['accept-encoding', 'accept-language', 'cookie'];
    return this.encode({ ...page, headers: pageHeaders, body }, encoding, SHARED_PAGE_QUALITY, vary);
  }

  private async fetch(path: string, headers: Record<string, string>): Promise<Page> {
    const response = await this.web.request({
      method: 'GET',
      path,
      headers: { ...headers, 'accept-encoding': 'identity' },
    });
    const body = Buffer.from(await response.body.arrayBuffer());
    if (response.headers['set-cookie'] !== undefined) return NOT_SHAREABLE;
    const cached: Record<string, string> = {};
    for (const name of CACHED_HEADERS) {
      const value = response.headers[name];
      if (value !== undefined) cached[name] = String(value);
    }
    return { status: response.statusCode, headers: cached, body };
  }

  private async encode(page: Page, encoding: Encoding, quality: number, vary: readonly string[]): Promise<Page> {
    const headers: Record<string, string> = {
      ...page.headers,
      vary: [page.headers.vary, ...vary].filter(Boolean).join(', '),
    };
    if (!isCompressible(headers['content-type'])) return { ...page, headers };
    const [body, used] = await compress(page.body, encoding, quality);
    if (used !== 'identity') headers['content-encoding'] = used;
    return { ...page, headers, body };
  }
}
