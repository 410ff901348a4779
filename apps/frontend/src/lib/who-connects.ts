import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/**
 * Adds the address of who really connected to the end of X-Forwarded-For. Next only sets the header when
 * it is missing: without this, anybody could write any address into it and escape the rate limits.
 */
export function noteWhoConnects(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const peer = request.socket.remoteAddress;
    if (!peer) return;
    const claimed = request.headers['x-forwarded-for'];
    request.headers['x-forwarded-for'] = claimed ? `${String(claimed)}, ${peer}` : peer;
  });
}
