import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../platform/errors/domain-error.js';
import { ACCESS_COOKIE, REFRESH_COOKIE, reliesOnCookies } from '../../platform/http/access/credentials.js';
import { SAFE_METHODS } from '../../platform/http/access/route-policy.js';
import { provenanceOf } from '../../platform/http/access/same-origin.js';
import { LANGUAGE_COOKIE, supportedLanguage } from '../../platform/i18n/languages.js';
import { isInactiveSession } from './active-session.js';
import type { SessionCookies } from './session-cookies.js';
import type { SessionsService } from './sessions.service.js';
import type { TokenService } from './token.service.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The session of this browser has just ended; the sign-in page says so. */
    sessionEnded: boolean;
    /** Why the renewal failed. The session may still be active, so AuthGuard throws this instead of UNAUTHENTICATED. */
    renewalError: unknown;
  }
}

/**
 * Routes that set or clear the cookies themselves, which would discard a renewed token, or that need no session. Pictures
 * are kept by shared caches, which might keep the cookie with them.
 */
const NEVER_RENEWS =
  /^\/api\/auth\/(signup|login|refresh|logout|reset-password)\/?(\?|$)|^\/(health|metrics|_next|api\/covers)\//;

interface RenewalOptions {
  readonly tokens: TokenService;
  readonly sessions: SessionsService;
  readonly cookies: SessionCookies;
  readonly frontendUrl: string;
  readonly mayWrite: () => boolean;
}

/**
 * Renews the session of a browser whose access token has expired, with the response to any request, and handles the
 * request as if it had carried the new tokens. Downloads, streams and pages without JavaScript need no extra request.
 */
export function renewSessions(
  fastify: FastifyInstance,
  { tokens, sessions, cookies, frontendUrl, mayWrite }: RenewalOptions,
): void {
  const frontendOrigin = new URL(frontendUrl).origin;

  /** The refresh token of a request whose session has to be renewed, or null. */
  function tokenToRenew(request: FastifyRequest): string | null {
    const { [ACCESS_COOKIE]: accessToken, [REFRESH_COOKIE]: refreshToken } = request.cookies;
    if (!refreshToken || request.headers.authorization !== undefined) return null;
    if (accessToken !== undefined && tokens.isFresh(accessToken)) return null;
    if (NEVER_RENEWS.test(request.url)) return null;
    // Another site must not cause the rotation of a token; AuthGuard rejects the request.
    if (!SAFE_METHODS.has(request.method) && provenanceOf(request, frontendOrigin) !== 'own') return null;
    return refreshToken;
  }

  async function renew(request: FastifyRequest, reply: FastifyReply, refreshToken: string): Promise<void> {
    try {
      if (!mayWrite()) throw new DomainError('UNAVAILABLE', { retryAfterSeconds: 2 });
      const session = await sessions.rotate(refreshToken);
      cookies.set(reply, session);
      request.cookies[ACCESS_COOKIE] = session.accessToken;
      request.cookies[REFRESH_COOKIE] = session.refreshToken;
      const language = supportedLanguage(session.user.language);
      if (language !== null) request.cookies[LANGUAGE_COOKIE] = language;
    } catch (error) {
      // After any other error the token may still be valid: the browser keeps it and repeats the request.
      if (!isInactiveSession(error)) {
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
    else renew(request, reply, refreshToken).then(() => done(), done);
  });

  // A session that was ended on another device: its access token can still read, so pages would show a user as signed
  // in whose every action is refused.
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (reply.problem === 'SESSION_ENDED' && reliesOnCookies(request)) cookies.clear(reply);
    done();
  });
}
