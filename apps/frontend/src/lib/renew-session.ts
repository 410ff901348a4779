import 'server-only';
import { text } from 'node:stream/consumers';
import type { NextRequest } from 'next/server';
import { askBackend } from './api/upstream';
import { ACCESS_COOKIE, REFRESH_COOKIE } from './session-cookies';

export type Renewal = {
  /** `renewed` and `ended` are answers; `unclear` means the backend could not be asked: nothing is thrown away. */
  outcome: 'renewed' | 'ended' | 'unclear';
  setCookies?: readonly string[];
  cookies?: ReadonlyMap<string, string>;
};

/**
 * A page asks for many things at once, all with the same old token. Only the first rotates it, the others
 * share the answer; without this, each would be a use of a token that has been used.
 */
const inFlight = new Map<string, Promise<Renewal>>();

/** Long enough for the requests of one page that were sent before the browser had the new cookies. */
const SHARED_FOR = 5000;

export function renewSession(refreshToken: string, request: NextRequest): Promise<Renewal> {
  const present = inFlight.get(refreshToken);
  if (present) return present;
  const renewal = rotate(refreshToken, request);
  inFlight.set(refreshToken, renewal);
  void renewal.then(({ outcome }) => {
    const forget = () => inFlight.delete(refreshToken);
    if (outcome === 'unclear') forget();
    else setTimeout(forget, SHARED_FOR).unref();
  });
  return renewal;
}

async function rotate(refreshToken: string, request: NextRequest): Promise<Renewal> {
  const host = request.headers.get('host') ?? '';
  const headers: Record<string, string> = {
    cookie: `${REFRESH_COOKIE}=${refreshToken}`,
    host,
    // This server asks in the name of its own page, whatever site the link to it stood on.
    'sec-fetch-site': 'same-origin',
    'content-length': '0',
  };
  for (const name of ['x-forwarded-for', 'x-forwarded-proto', 'user-agent']) {
    const value = request.headers.get(name);
    if (value) headers[name] = value;
  }
  try {
    const answer = await askBackend({
      method: 'POST',
      path: '/api/auth/refresh',
      headers,
      signal: AbortSignal.timeout(5000),
    });
    await text(answer);
    if (answer.statusCode === 401 || answer.statusCode === 403) return ended(answer.headers['set-cookie']);
    if (answer.statusCode !== 200) return { outcome: 'unclear' };
    const setCookies = answer.headers['set-cookie'] ?? [];
    return { outcome: 'renewed', setCookies, cookies: parse(setCookies) };
  } catch {
    return { outcome: 'unclear' };
  }
}

function ended(setCookies: readonly string[] = []): Renewal {
  const gone = [ACCESS_COOKIE, REFRESH_COOKIE];
  const clear = gone.map((name) => `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`);
  return { outcome: 'ended', setCookies: [...clear, ...setCookies], cookies: new Map(gone.map((name) => [name, ''])) };
}

function parse(setCookies: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    setCookies.map((line) => {
      const pair = line.split(';', 1)[0] ?? '';
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}
