import { createHash, randomBytes } from 'node:crypto';

export const newNonce = (): string => randomBytes(16).toString('base64');

/**
 * Inline styles are allowed: positions in a grid and widths are set by them. `api` is the origin of the API, for requests
 * and cover pictures, or empty if it is that of the pages; `blob:` is a picture that was chosen and not uploaded yet.
 */
const policy = (scripts: string, api: string): string =>
  [
    "default-src 'self'",
    `script-src 'self' ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${api}`.trim(),
    "font-src 'self'",
    "worker-src 'self'",
    `connect-src 'self' ${api}`.trim(),
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** For the service worker, which loads pages and files. It has a policy of its own, not the one of its page. */
export const WORKER_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

/** For a page of one person: scripts need the nonce, which the web app reads from this header and sets on its scripts. */
export const policyWithNonce = (nonce: string, api: string, otherScripts = ''): string =>
  policy(`'nonce-${nonce}' 'strict-dynamic' ${otherScripts}`.trim(), api);

/** For a shared page, where a nonce would be known to everybody: inline scripts are allowed by their hash. */
export const policyWithHashes = (hashes: readonly string[], api: string, otherScripts = ''): string =>
  policy([...hashes.map((hash) => `'sha256-${hash}'`), otherScripts].filter(Boolean).join(' '), api);

const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/gi;

/**
 * Removes the nonce from a rendered page and returns the hashes of the inline scripts that had it. A script without the
 * nonce was injected: it gets no hash, and browsers do not run it.
 */
export function nonceToHashes(html: string, nonce: string): { html: string; hashes: string[] } {
  const attribute = ` nonce="${nonce}"`;
  const hashes = new Set<string>();
  for (const [, attributes = '', code = ''] of html.matchAll(SCRIPT))
    if (attributes.includes(attribute) && code !== '')
      hashes.add(createHash('sha256').update(code.replaceAll(attribute, '')).digest('base64'));
  return { html: html.replaceAll(attribute, ''), hashes: [...hashes] };
}
