import { createHash, randomBytes } from 'node:crypto';

export const newNonce = (): string => randomBytes(16).toString('base64');

/** Styles may stand inline: a place in a grid or a width is one. */
const policy = (scripts: string, connectTo: string): string =>
  [
    "default-src 'self'",
    `script-src 'self' ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${connectTo}`.trim(),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** For a page that is made for one reader: scripts need its nonce. The web app reads it from here and sets it. */
export const nonceOnly = (nonce: string, connectTo: string, scriptsMay = ''): string =>
  policy(`'nonce-${nonce}' 'strict-dynamic' ${scriptsMay}`.trim(), connectTo);

/** For a page that many readers get, who must not share a nonce: its inline scripts are named by what they say. */
export const hashesOnly = (hashes: readonly string[], connectTo: string): string =>
  policy(hashes.map((hash) => `'sha256-${hash}'`).join(' '), connectTo);

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/gi;

/**
 * Takes the nonce out of a page that was made with one, and names the inline scripts that had it. A script
 * without the nonce was not put there by the web app: it gets no hash, and no browser runs it.
 */
export function nonceToHashes(html: string, nonce: string): { html: string; hashes: string[] } {
  const attribute = ` nonce="${nonce}"`;
  const hashes = new Set<string>();
  for (const [, attributes = '', code = ''] of html.matchAll(SCRIPT))
    if (attributes.includes(attribute) && code !== '')
      hashes.add(createHash('sha256').update(code.replaceAll(attribute, '')).digest('base64'));
  return { html: html.replaceAll(attribute, ''), hashes: [...hashes] };
}
