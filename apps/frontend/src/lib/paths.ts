const HERE = 'http://here.invalid';

/** Only a path of this site: `next` must not lead a person who signs in to somebody else's page. */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith('/') || !URL.canParse(next, HERE)) return '/';
  // The parser knows what browsers make of "//", "/\" and line breaks; guessing at them here would not.
  const { origin, pathname, search, hash } = new URL(next, HERE);
  if (origin !== HERE || pathname.startsWith('//') || /^\/(sign-in|sign-up|api)(\/|$)/.test(pathname)) return '/';
  return pathname + search + hash;
}

export const signInPath = (next: string): string => `/sign-in?next=${encodeURIComponent(next)}`;

export const competitionPath = (id: string): string => `/competitions/${id}`;
