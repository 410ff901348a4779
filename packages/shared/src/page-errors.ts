/**
 * Digest of an error on a page that the web app could not render because the API was unavailable. Next writes it into
 * the HTML, and the front server then answers 503 with `Retry-After` instead of 500. This file imports nothing, so that
 * pages do not load Zod for it.
 */
export const UNAVAILABLE_DIGEST = 'MC_UNAVAILABLE';
