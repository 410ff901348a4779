import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether our own page sent this. Browsers set both headers and let no page change them; a request
 * without either did not come from a browser that we could believe.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, frontendOrigin: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site === 'same-origin' || site === 'none') return true;
  const { origin, host } = headers;
  if (origin === undefined || origin === 'null') return false;
  if (origin === frontendOrigin) return true;
  // The API's own pages (its document): the host is the one that the browser itself asked.
  return host !== undefined && (origin === `https://${host}` || origin === `http://${host}`);
}
