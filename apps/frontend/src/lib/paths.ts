const BASE = 'http://base.invalid';

/** Only a path of this site: otherwise `next` would be an open redirect after signing in. */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith('/') || !URL.canParse(next, BASE)) return '/';
  // The URL parser treats "//", "/\" and line breaks as browsers do; a regular expression would miss cases.
  const { origin, pathname, search, hash } = new URL(next, BASE);
  if (origin !== BASE || pathname.startsWith('//') || /^\/(sign-in|sign-up|api)(\/|$)/.test(pathname)) return '/';
  return pathname + search + hash;
}

export const signInPath = (next: string): string => `/sign-in?next=${encodeURIComponent(next)}`;

export const competitionPath = (id: string): string => `/competitions/${id}`;
