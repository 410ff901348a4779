import type { Language } from '@mini-compete/shared/languages';
import type { FastifyRequest } from 'fastify';
import { LANGUAGE_COOKIE, languageFor, supportedLanguage } from '../../i18n/languages.js';
import { ACCESS_COOKIE, REFRESH_COOKIE } from '../access/credentials.js';
import { hostOf, schemeOf } from '../address.js';

const THEMES: ReadonlySet<string> = new Set(['light', 'dark']);
const ZONE = /^[\w+\-/]{1,64}$/;

/** What a page depends on besides its path. It is part of the key in the page cache, so values have to be bounded. */
interface PageRequest {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly language: Language;
  /** From preference cookies; empty when missing or invalid. */
  readonly theme: string;
  readonly zone: string;
}

export function pageRequest(request: FastifyRequest): PageRequest {
  const { theme = '', zone = '', [LANGUAGE_COOKIE]: language } = request.cookies ?? {};
  return {
    scheme: schemeOf(request),
    host: hostOf(request) ?? '',
    language: supportedLanguage(language) ?? languageFor(request.headers),
    theme: THEMES.has(theme) ? theme : '',
    zone: ZONE.test(zone) ? zone : '',
  };
}

/** The headers that the web app gets with every request. Values from the client are validated first. */
export function commonHeaders({ scheme, host, language, theme, zone }: PageRequest): Record<string, string> {
  const cookies = Object.entries({ theme, zone }).filter(([, value]) => value !== '');
  return {
    host,
    'x-forwarded-host': host,
    'x-forwarded-proto': scheme,
    'accept-language': language,
    ...(cookies.length > 0 && { cookie: cookieHeader(cookies) }),
  };
}

/** Headers of Next's client router, of files and of conditional requests. An allow-list: Next trusts other headers. */
const FORWARDED_HEADERS = [
  ...['accept', 'if-none-match', 'if-modified-since', 'if-range', 'range'],
  ...['rsc', 'next-router-state-tree', 'next-router-prefetch', 'next-router-segment-prefetch', 'next-url'],
  ...['next-hmr-refresh', 'x-nextjs-html-request-id', 'x-nextjs-request-id', 'purpose', 'sec-purpose'],
] as const;

/** Headers for a page of one person: with the access token, never with the refresh token. */
export function personalHeaders(request: FastifyRequest): Record<string, string> {
  const { cookie, ...headers } = commonHeaders(pageRequest(request));
  for (const name of FORWARDED_HEADERS) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const accessToken = request.cookies[ACCESS_COOKIE];
  const cookies = [cookie, accessToken && cookieHeader([[ACCESS_COOKIE, accessToken]])].filter(Boolean);
  if (cookies.length > 0) headers.cookie = cookies.join('; ');
  // The page to return to after signing in, and the reason why sign-in is needed.
  headers['x-page'] = request.url;
  headers['x-request-id'] = request.id;
  if (request.sessionEnded) headers['x-session'] = 'ended';
  return headers;
}

const cookieHeader = (cookies: readonly (readonly [string, string])[]): string =>
  cookies.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');

/** Query parameters of pages for visitors. A page with any other parameter is not cached. */
const CACHEABLE_PARAMETERS: ReadonlySet<string> = new Set([
  ...['search', 'tags', 'status', 'sort', 'show', 'after', 'next', 'role'],
]);

/**
 * The path of a static file with a content hash in its name, which never changes; otherwise null. The service worker
 * keeps its name, and has to be new after each release.
 */
export function staticFilePath({ method, url, headers }: FastifyRequest): string | null {
  const isHashed = /^\/_next\/static\/[\w./~-]+$/.test(url) && !isServiceWorker(url);
  return method === 'GET' && isHashed && headers.range === undefined ? url : null;
}

export const isServiceWorker = (path: string): boolean => path.startsWith('/_next/static/service-worker/');

/** The path of a page that is the same for all visitors without a session; otherwise null. */
export function sharedPagePath(request: FastifyRequest): string | null {
  const { headers, cookies, url, sessionEnded } = request;
  if (request.method !== 'GET' || sessionEnded) return null;
  if (cookies[ACCESS_COOKIE] !== undefined || cookies[REFRESH_COOKIE] !== undefined) return null;
  if (headers.authorization !== undefined || headers.rsc !== undefined || url.startsWith('/_next/')) return null;
  const [path = '', search = ''] = url.split('?', 2);
  const query = new URLSearchParams(search);
  const names = [...query.keys()];
  if (names.some((name) => !CACHEABLE_PARAMETERS.has(name)) || new Set(names).size < names.length) return null;
  query.sort();
  return names.length === 0 ? path : `${path}?${query}`;
}
