import type { FastifyInstance } from 'fastify';

/**
 * When a request arrived, by a clock that nobody sets. While the process stands still, requests wait unread in its
 * sockets: of those nobody knows the moment, only that it lies between the two.
 */
export interface Arrival {
  readonly earliest: number;
  readonly latest: number;
}

const BEAT_MS = 20;
/** A beat this late means that the process stood still; less is ordinary work. */
const EVENT_LOOP_STALL_MS = 100;

declare module 'fastify' {
  interface FastifyRequest {
    arrival: Arrival;
  }
}

/** Stamps each request with its arrival. */
export function stampArrivals(fastify: FastifyInstance): void {
  let beat = performance.now();
  /** Since when the process had stood still, for the requests read in the round after it. */
  let stoodStillSince: number | null = null;
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - beat > EVENT_LOOP_STALL_MS) {
      stoodStillSince = beat;
      // One round to read what lies in open connections, two more for connections that were waiting to be taken.
      afterRounds(3, () => {
        stoodStillSince = null;
      });
    }
    beat = now;
  }, BEAT_MS);
  timer.unref();

  fastify.decorateRequest('arrival', null as never);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const latest = performance.now();
    const earliest = stoodStillSince ?? (latest - beat > EVENT_LOOP_STALL_MS ? beat : latest);
    request.arrival = { earliest, latest };
    done();
  });
  fastify.addHook('onClose', (_instance, done) => {
    clearInterval(timer);
    done();
  });
}

function afterRounds(rounds: number, act: () => void): void {
  setImmediate(() => (rounds === 1 ? act() : afterRounds(rounds - 1, act)));
}
