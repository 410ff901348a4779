import type { FastifyRequest } from 'fastify';
import { originOf } from '../address.js';

/** Where a request was made, as far as its headers show. */
export type Provenance = 'own' | 'foreign' | 'unknown';

/**
 * Browsers set these headers, and no page can change them. Fetch Metadata decides when it is present; on plain HTTP
 * browsers send only `Origin`, and its scheme and host both have to match. Clients that are not browsers send neither.
 */
export function provenanceOf(request: FastifyRequest, frontendOrigin: string): Provenance {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site === 'same-origin' || site === 'none') return 'own';
  if (site === 'cross-site') return 'foreign';
  if (origin !== undefined) return origin === frontendOrigin || origin === originOf(request) ? 'own' : 'foreign';
  return site === undefined ? 'unknown' : 'foreign';
}
