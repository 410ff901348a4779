import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RateLimiter } from '../../concurrency/rate-limiter.js';
import { DomainError } from '../../errors/domain-error.js';
import type { Clock } from '../../time/clock.js';
import { addressBlock, isPrivateAddress } from '../address.js';
import { sendProblem } from '../problem.js';

/** Per address and minute. Five hundred people in one lecture hall can search six times a minute each. */
const SEARCHES = 3_000;
const SECONDS = 60;

/**
 * Limits searches with words, in the API and on pages together: each takes the database a hundred times as long as a list
 * without words. A hook and not a guard, because the web app renders pages, and its requests to the API do not show who
 * reads them. They come from a private address, like everybody's behind a proxy that is not configured: not limited.
 */
export function limitSearches(fastify: FastifyInstance, clock: Clock): void {
  const searches = new RateLimiter(SEARCHES, SECONDS);
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!hasWords(request) || isPrivateAddress(request.ip)) return done();
    const waitSeconds = searches.take(addressBlock(request.ip), clock.now().getTime());
    if (waitSeconds === 0) return done();
    sendProblem(reply, new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: waitSeconds }), request.id);
  });
}

function hasWords({ query }: FastifyRequest): boolean {
  const { search } = query as { search?: unknown };
  return search !== undefined && String(search).trim() !== '';
}
