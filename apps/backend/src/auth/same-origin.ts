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
  // The host that the browser itself asked, here or at our proxy: no page of another site can set either header
  // without asking first (CORS), and it may not.
  return [host, headers['x-forwarded-host']].some(
    (asked) => origin === `https://${asked}` || origin === `http://${asked}`,
  );
}
