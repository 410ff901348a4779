import type { FastifyInstance } from 'fastify';

/**
 * When a request arrived, on the monotonic clock. While the event loop is stalled, requests wait unread in their
 * sockets: the exact time of their arrival is unknown, but it lies between `earliest` and `latest`.
 */
export interface Arrival {
  readonly earliest: number;
  readonly latest: number;
}

const HEARTBEAT_MS = 20;
/** A heartbeat this late means that the event loop was stalled; shorter delays are normal work. */
const EVENT_LOOP_STALL_MS = 100;

declare module 'fastify' {
  interface FastifyRequest {
    arrival: Arrival;
  }
}

/** Stamps each request with its arrival. A timer detects stalls of the event loop. */
export function stampArrivals(fastify: FastifyInstance): void {
  let lastHeartbeat = performance.now();
  /** Start of the last stall, while requests that may have waited through it are being read. */
  let stalledSince: number | null = null;
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - lastHeartbeat > EVENT_LOOP_STALL_MS) {
      stalledSince = lastHeartbeat;
      // One iteration of the loop reads from open connections, two more accept connections that were waiting.
      afterIterations(3, () => {
        stalledSince = null;
      });
    }
    lastHeartbeat = now;
  }, HEARTBEAT_MS);
  timer.unref();

  fastify.decorateRequest('arrival', null as never);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const latest = performance.now();
    // Right after a stall sockets may be read before the timer runs.
    const isStalled = latest - lastHeartbeat > EVENT_LOOP_STALL_MS;
    request.arrival = { earliest: stalledSince ?? (isStalled ? lastHeartbeat : latest), latest };
    done();
  });
  fastify.addHook('onClose', (_instance, done) => {
    clearInterval(timer);
    done();
  });
}

function afterIterations(count: number, run: () => void): void {
  setImmediate(() => (count === 1 ? run() : afterIterations(count - 1, run)));
}
