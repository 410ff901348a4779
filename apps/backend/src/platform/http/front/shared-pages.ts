import type { FastifyRequest } from 'fastify';
import type { Pool } from 'undici';
import { compress, type Encoding, encodingFor, FOR_GOOD, FOR_MANY, isCompressible } from './compress.js';
import { hashesOnly, newNonce, nonceOnly, nonceToHashes } from './content-policy.js';
import { type Page, PageCache } from './page-cache.js';
import { commonHeaders, fileAddress, pageRequest, visitorsAddress } from './page-request.js';

/** Seats on a page are at most so old when it leaves; then the stream of events tells. */
const PAGE_MS = 1_000;
/** A file's name says what is in it: it never changes. */
const FILE_MS = 3_600_000;

const KEPT_HEADERS = ['content-type', 'cache-control', 'location', 'link', 'vary', 'content-disposition'];

/** Made for one reader after all: each of those who asked gets their own. */
export const NOT_FOR_ALL: Page = { status: 0, headers: {}, body: Buffer.alloc(0) };

/** What is the same for many: pages for visitors without a session, and the files of all pages. */
export class SharedPages {
  private readonly cache = new PageCache();

  constructor(
    private readonly web: Pool,
    private readonly publicApiOrigin: string,
  ) {}

  /** Null for what is made for its reader alone. */
  get(request: FastifyRequest): Page | Promise<Page> | null {
    const file = fileAddress(request);
    const encoding = encodingFor(request.headers);
    if (file !== null)
      return this.cache.get(JSON.stringify([file, encoding]), FILE_MS, () => this.makeFile(file, encoding));
    const address = visitorsAddress(request);
    if (address === null) return null;
    const asked = pageRequest(request);
    const headers = { ...commonHeaders(asked), 'x-page': address, 'x-request-id': request.id };
    const key = JSON.stringify([address, encoding, ...Object.values(asked)]);
    return this.cache.get(key, PAGE_MS, () => this.makePage(address, headers, encoding));
  }

  private async makeFile(path: string, encoding: Encoding): Promise<Page> {
    return this.encode(await this.ask(path, {}), encoding, FOR_GOOD, ['accept-encoding']);
  }

  private async makePage(path: string, headers: Record<string, string>, encoding: Encoding): Promise<Page> {
    const nonce = newNonce();
    const page = await this.ask(path, { ...headers, 'content-security-policy': nonceOnly(nonce, '') });
    // It says itself what went wrong; nobody else gets it.
    if (page === NOT_FOR_ALL || page.status >= 500) return page;
    const { link = '', ...rest } = page.headers;
    const kept: Record<string, string> = rest;
    // A nonce that many readers share is none.
    if (link) kept.link = link.replaceAll(`; nonce="${nonce}"`, '');
    let { body } = page;
    if (kept['content-type']?.startsWith('text/html')) {
      const { html, hashes } = nonceToHashes(body.toString(), nonce);
      body = Buffer.from(html);
      kept['content-security-policy'] = hashesOnly(hashes, this.publicApiOrigin);
    }
    const varies = ['accept-encoding', 'accept-language', 'cookie'];
    return this.encode({ ...page, headers: kept, body }, encoding, FOR_MANY, varies);
  }

  private async ask(path: string, headers: Record<string, string>): Promise<Page> {
    const answer = await this.web.request({
      method: 'GET',
      path,
      headers: { ...headers, 'accept-encoding': 'identity' },
    });
    const body = Buffer.from(await answer.body.arrayBuffer());
    if (answer.headers['set-cookie'] !== undefined) return NOT_FOR_ALL;
    const kept: Record<string, string> = {};
    for (const name of KEPT_HEADERS) {
      const value = answer.headers[name];
      if (value !== undefined) kept[name] = String(value);
    }
    return { status: answer.statusCode, headers: kept, body };
  }

  private async encode(page: Page, encoding: Encoding, quality: number, varies: readonly string[]): Promise<Page> {
    const { vary } = page.headers;
    const headers: Record<string, string> = { ...page.headers, vary: [vary, ...varies].filter(Boolean).join(', ') };
    if (!isCompressible(headers['content-type'])) return { ...page, headers };
    const [body, used] = await compress(page.body, encoding, quality);
    if (used !== 'identity') headers['content-encoding'] = used;
    return { ...page, headers, body };
  }
}
