import type { FastifyInstance } from 'fastify';
import { DomainError } from '../errors/domain-error.js';
import { SAFE_METHODS } from './access/route-policy.js';
import { sendProblem } from './problem.js';

const REFUSED = new DomainError('UNAVAILABLE', { retryAfterSeconds: 2 });

/** While it could not be committed, a write is refused before it takes a connection, so that reads go on. */
export function refuseWrites(fastify: FastifyInstance, commitsWait: () => boolean): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (commitsWait() && !SAFE_METHODS.has(request.method)) sendProblem(reply, REFUSED, request.id);
    else done();
  });
}
