import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from '@/lib/content-security-policy';
import { renewSession } from '@/lib/renew-session';
import { ACCESS_COOKIE, isFresh, REFRESH_COOKIE } from '@/lib/session-cookies';

/** Signing in and out bring their own cookies: renewing before them would rotate a token that is about to go. */
const LEAVES_SESSION_ALONE = /^\/api\/auth\/(refresh|login|signup|logout|reset-password)$/;

/** Pages for people with an account: without a session they lead to sign-in, and back. */
const NEEDS_SESSION =
  /^\/(registrations|organize|mailbox|profile|admin|competitions\/new|competitions\/[^/]+\/edit)(\/|$)/;

/**
 * Before every page and every call of the API: renews the session if it must be, which server components
 * cannot do (they set no cookies), and gives pages the nonce of their policy.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const isApi = pathname.startsWith('/api/');
  const headers = new Headers(request.headers);

  const refreshToken = request.cookies.get(REFRESH_COOKIE)?.value;
  const isDue =
    refreshToken !== undefined &&
    !isFresh(request.cookies.get(ACCESS_COOKIE)?.value, Date.now()) &&
    !request.headers.has('authorization') &&
    !LEAVES_SESSION_ALONE.test(pathname);
  const renewal = isDue ? await renewSession(refreshToken, request) : null;
  if (renewal?.cookies) headers.set('cookie', withCookies(request, renewal.cookies));

  if (!isApi && NEEDS_SESSION.test(pathname)) {
    const hasSession = renewal ? renewal.outcome !== 'ended' : request.cookies.has(ACCESS_COOKIE);
    if (!hasSession) {
      const signIn = new URL('/sign-in', request.nextUrl);
      signIn.searchParams.set('next', pathname + search);
      if (renewal) signIn.searchParams.set('ended', '1');
      return withSetCookies(NextResponse.redirect(signIn), renewal?.setCookies);
    }
  }
  if (isApi) return withSetCookies(NextResponse.next({ request: { headers } }), renewal?.setCookies);

  const policy = contentSecurityPolicy(randomBytes(16).toString('base64'));
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return withSetCookies(response, renewal?.setCookies);
}

/** What the browser will send next time is what this request is answered with already. */
function withCookies(request: NextRequest, changed: ReadonlyMap<string, string>): string {
  const jar = new Map(request.cookies.getAll().map(({ name, value }) => [name, value]));
  for (const [name, value] of changed) {
    if (value === '') jar.delete(name);
    else jar.set(name, value);
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}

function withSetCookies(response: NextResponse, setCookies: readonly string[] = []): NextResponse {
  for (const line of setCookies) response.headers.append('set-cookie', line);
  return response;
}

export const config = {
  matcher: ['/((?!_next/static|_next/image|icon|apple-icon|favicon.ico|robots.txt).*)'],
};
