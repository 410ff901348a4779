import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../platform/errors/domain-error.js';
import { ACCESS_COOKIE, REFRESH_COOKIE, reliesOnCookies } from '../../platform/http/access/credentials.js';
import { provenanceOf } from '../../platform/http/access/same-origin.js';
import { SAFE_METHODS } from '../../platform/http/safe-methods.js';
import type { SessionCookies } from './session-cookies.js';
import type { SessionsService } from './sessions.service.js';
import type { TokenService } from './token.service.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Its session has ended: sign-in should say so, since the reader was signed in a moment ago. */
    sessionEnded: boolean;
    /** Nobody could say whether its session goes on: an answer for somebody who is not signed in would be wrong. */
    renewalError: unknown;
  }
}

/** These bring their own cookies, or take them away: a token renewed before them would be gone right after. */
const LEAVES_SESSION_ALONE =
  /^\/api\/auth\/(signup|login|refresh|logout|reset-password)\/?(\?|$)|^\/(health|metrics|_next)\//;

interface Parts {
  readonly tokens: TokenService;
  readonly sessions: SessionsService;
  readonly cookies: SessionCookies;
  readonly frontendUrl: string;
}

/**
 * A browser whose access token has expired gets a new pair with the answer to whatever it asks for, and is answered as
 * if it had sent that pair: downloads, streams and pages without JavaScript need no round of their own.
 */
export function renewSessions(fastify: FastifyInstance, { tokens, sessions, cookies, frontendUrl }: Parts): void {
  const frontendOrigin = new URL(frontendUrl).origin;

  /** The refresh token to use, where there is one and the time has come. */
  function tokenToRenew(request: FastifyRequest): string | null {
    const { [ACCESS_COOKIE]: accessToken, [REFRESH_COOKIE]: refreshToken } = request.cookies;
    if (!refreshToken || request.headers.authorization !== undefined) return null;
    if (accessToken !== undefined && tokens.isFresh(accessToken)) return null;
    if (LEAVES_SESSION_ALONE.test(request.url)) return null;
    // Another site must not make anybody's token turn; the guard refuses such a request.
    if (!SAFE_METHODS.has(request.method) && provenanceOf(request, frontendOrigin) !== 'own') return null;
    return refreshToken;
  }

  async function renew(request: FastifyRequest, reply: FastifyReply, refreshToken: string): Promise<void> {
    try {
      const session = await sessions.rotate(refreshToken);
      cookies.set(reply, session);
      request.cookies[ACCESS_COOKIE] = session.accessToken;
      request.cookies[REFRESH_COOKIE] = session.refreshToken;
    } catch (error) {
      const isOver = error instanceof DomainError && ENDED.has(error.code);
      // Whatever else went wrong, the token may still be good: it is kept, and the request is to be repeated.
      if (!isOver) {
        request.renewalError = error;
        return;
      }
      cookies.clear(reply);
      delete request.cookies[ACCESS_COOKIE];
      delete request.cookies[REFRESH_COOKIE];
      request.sessionEnded = true;
    }
  }

  fastify.decorateRequest('sessionEnded', false);
  fastify.decorateRequest('renewalError', null);
  fastify.addHook('onRequest', (request, reply, done) => {
    const refreshToken = request.raw.headers.cookie === undefined ? null : tokenToRenew(request);
    if (refreshToken === null) done();
    else void renew(request, reply, refreshToken).then(() => done());
  });

  // A session that was ended elsewhere: its access token could still read, so pages would show somebody as signed in who
  // can do nothing.
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (reply.problem === 'SESSION_ENDED' && reliesOnCookies(request)) cookies.clear(reply);
    done();
  });
}

const ENDED: ReadonlySet<string> = new Set(['SESSION_ENDED', 'ACCOUNT_DISABLED']);
