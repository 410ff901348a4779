import type { FastifyRequest } from 'fastify';
import { originOf } from '../origin.js';

/** Where a request that changes something came from, as far as its headers tell. */
export type Provenance = 'own' | 'foreign' | 'unknown';

/**
 * Browsers set these headers and let no page change them. Fetch Metadata decides where it is present; pages over plain
 * HTTP have `Origin` alone, whose scheme counts as much as its host. A client that is no browser sends neither.
 */
export function provenanceOf(request: FastifyRequest, frontendOrigin: string): Provenance {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site === 'same-origin' || site === 'none') return 'own';
  if (site === 'cross-site') return 'foreign';
  if (origin !== undefined) return origin === frontendOrigin || origin === originOf(request) ? 'own' : 'foreign';
  return site === undefined ? 'unknown' : 'foreign';
}
