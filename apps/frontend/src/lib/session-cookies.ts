export const ACCESS_COOKIE = 'mc_access';
export const REFRESH_COOKIE = 'mc_refresh';

/** Seconds before its end from which an access token is renewed: a request must not outlive its token. */
const RENEW_BEFORE = 20;

/** Reads when a token ends. It is not checked here, and nothing is allowed because of it. */
export function isFresh(token: string | undefined, now: number): boolean {
  const payload = token?.split('.')[1];
  if (!payload) return false;
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp?: unknown };
    return typeof exp === 'number' && exp - RENEW_BEFORE > now / 1000;
  } catch {
    return false;
  }
}
