import type { FastifyRequest } from 'fastify';
import { ACCESS_COOKIE, REFRESH_COOKIE } from '../access/credentials.js';
import { hostOf, schemeOf } from '../origin.js';
import { type Language, languageFor } from './languages.js';

const THEMES: ReadonlySet<string> = new Set(['light', 'dark']);
const ZONE = /^[\w+\-/]{1,64}$/;

/** What a page is made from besides its address: everything here may be in a key of the cache. */
export interface PageRequest {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly language: Language;
  /** Of the cookies of preferences, those that say something. */
  readonly theme: string;
  readonly zone: string;
}

export function pageRequest(request: FastifyRequest): PageRequest {
  const { theme = '', zone = '' } = request.cookies ?? {};
  return {
    scheme: schemeOf(request),
    host: hostOf(request) ?? '',
    language: languageFor(request.headers),
    theme: THEMES.has(theme) ? theme : '',
    zone: ZONE.test(zone) ? zone : '',
  };
}

/** What the web app is told of any request. Nothing a client sent is in it that was not looked at. */
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

/** The client router's own, and those of files and conditional requests: by name, so that there is nothing to smuggle with. */
const PASSED_ON = [
  ...['accept', 'if-none-match', 'if-modified-since', 'if-range', 'range'],
  ...['rsc', 'next-router-state-tree', 'next-router-prefetch', 'next-router-segment-prefetch', 'next-url'],
  ...['next-hmr-refresh', 'x-nextjs-html-request-id', 'x-nextjs-request-id', 'purpose', 'sec-purpose'],
] as const;

/** What the web app is told of one reader's request, the session's token included; never the token that renews it. */
export function readersHeaders(request: FastifyRequest): Record<string, string> {
  const { cookie, ...headers } = commonHeaders(pageRequest(request));
  for (const name of PASSED_ON) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const accessToken = request.cookies[ACCESS_COOKIE];
  const cookies = [cookie, accessToken && cookieHeader([[ACCESS_COOKIE, accessToken]])].filter(Boolean);
  if (cookies.length > 0) headers.cookie = cookies.join('; ');
  // Where to come back to after signing in, and why it is asked for.
  headers['x-page'] = request.url;
  headers['x-request-id'] = request.id;
  if (request.sessionEnded) headers['x-session'] = 'ended';
  return headers;
}

const cookieHeader = (cookies: readonly (readonly [string, string])[]): string =>
  cookies.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; ');

/** Names in the address that pages for visitors read. With any other, the answer may be about its reader alone. */
const KNOWN_QUERY: ReadonlySet<string> = new Set([
  ...['search', 'tags', 'status', 'sort', 'show', 'after', 'next', 'role'],
]);

/** A file whose name says what is in it, so that it never changes; null for everything else. */
export function fileAddress({ method, url, headers }: FastifyRequest): string | null {
  return method === 'GET' && /^\/_next\/static\/[\w./~-]+$/.test(url) && headers.range === undefined ? url : null;
}

/** The address of a page that is the same for everybody who asks with no session, or null. */
export function visitorsAddress(request: FastifyRequest): string | null {
  const { headers, cookies, url, sessionEnded } = request;
  if (request.method !== 'GET' || sessionEnded) return null;
  if (cookies[ACCESS_COOKIE] !== undefined || cookies[REFRESH_COOKIE] !== undefined) return null;
  if (headers.authorization !== undefined || headers.rsc !== undefined || url.startsWith('/_next/')) return null;
  const [path = '', search = ''] = url.split('?', 2);
  const query = new URLSearchParams(search);
  const names = [...query.keys()];
  if (names.some((name) => !KNOWN_QUERY.has(name)) || new Set(names).size < names.length) return null;
  query.sort();
  return names.length === 0 ? path : `${path}?${query}`;
}
