import type { FastifyInstance } from 'fastify';
import type { Clock } from '../time/clock.js';

interface Options {
  /** A URL. Null: there is no file, and the path is that of a page. */
  readonly securityContact: string | null;
  readonly frontendUrl: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** RFC 9116 recommends less than a year. The file is made per request, so it expires when the installation is gone. */
const VALID_DAYS = 90;

/** Tells where to report vulnerabilities, in the place where researchers and scanners look (RFC 9116). */
export function serveSecurityTxt(
  fastify: FastifyInstance,
  { securityContact, frontendUrl }: Options,
  clock: Clock,
): void {
  if (securityContact === null) return;
  fastify.get('/.well-known/security.txt', (_, reply) => {
    const today = Math.floor(clock.now().getTime() / DAY_MS) * DAY_MS;
    const lines = [
      `Contact: ${securityContact}`,
      `Expires: ${new Date(today + VALID_DAYS * DAY_MS).toISOString()}`,
      `Canonical: ${frontendUrl}/.well-known/security.txt`,
    ];
    reply
      .header('content-type', 'text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(`${lines.join('\n')}\n`);
  });
}
