import type { FastifyRequest } from 'fastify';
import type { CredentialSource } from './principal.js';

export const ACCESS_COOKIE = 'mc_access';
export const REFRESH_COOKIE = 'mc_refresh';

const BEARER = /^Bearer +([\w-]+\.[\w-]*\.[\w-]*) *$/i;

/** The bearer token, or else the access cookie: with both, the bearer counts. */
export function credentialsOf(request: FastifyRequest): { token: string; source: CredentialSource } | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = BEARER.exec(authorization)?.[1];
    // A bearer that is none must not fall back to the cookie: the sender meant the bearer.
    return token === undefined ? null : { token, source: 'bearer' };
  }
  const token = request.cookies[ACCESS_COOKIE];
  return token === undefined ? null : { token, source: 'cookie' };
}

/** Whether a browser may have sent this by itself, without our own page having asked for it. */
export function reliesOnCookies(request: FastifyRequest): boolean {
  if (request.headers.authorization !== undefined) return false;
  return request.cookies[ACCESS_COOKIE] !== undefined || request.cookies[REFRESH_COOKIE] !== undefined;
}
