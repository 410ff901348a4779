import type { FastifyRequest } from 'fastify';

export const ACCESS_COOKIE = 'mc_access';
export const REFRESH_COOKIE = 'mc_refresh';

const BEARER = /^Bearer +([\w-]+\.[\w-]*\.[\w-]*) *$/i;

/** The bearer token, or else the access cookie. */
export function accessTokenOf(request: FastifyRequest): string | null {
  const { authorization } = request.headers;
  // No fallback to the cookie when the header is invalid: the sender may mean another account.
  if (authorization !== undefined) return BEARER.exec(authorization)?.[1] ?? null;
  return request.cookies[ACCESS_COOKIE] ?? null;
}

/** Whether another site may have made a browser send this request with the person's cookies (CSRF). */
export function reliesOnCookies(request: FastifyRequest): boolean {
  if (request.headers.authorization !== undefined) return false;
  return request.cookies[ACCESS_COOKIE] !== undefined || request.cookies[REFRESH_COOKIE] !== undefined;
}
