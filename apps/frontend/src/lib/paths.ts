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

export const signUpPath = (next: string): string => `/sign-up?next=${encodeURIComponent(next)}`;

export const verifyEmailPath = (next: string): string => `/verify-email?next=${encodeURIComponent(next)}`;

/** The page of the invited person. */
export const invitationPath = (token: string): string => `/invitation?token=${encodeURIComponent(token)}`;

/** The id of the competition whose page `path` is, or the page of whose team; or null. */
export const competitionIdOf = (path: string): string | null =>
  /^\/competitions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/team)?(?:[?#]|$)/i.exec(path)?.[1] ?? null;

export const competitionPath = (id: string): string => `/competitions/${id}`;

/** The page of the reader's own team. */
export const teamPath = (competitionId: string): string => `${competitionPath(competitionId)}/team`;

export const JOIN_TEAM_PATH = '/join-team';

/** Not below the page of the competition: the service worker of doors and tickets is for a prefix. */
export const ticketPath = (competitionId: string): string => `/tickets/${competitionId}`;

/**
 * The page that checks people in. Link to it with `<a>`: it may use the camera, which only a full page load gives it.
 */
export const doorPath = (competitionId: string): string => `/door/${competitionId}`;

export const organizerPath = (id: string): string => `/organizers/${id}`;

/** Whether `page` is the page of a door, which has a frame of its own. */
export const isDoorPage = (page: string | null): boolean => page?.startsWith('/door/') ?? false;
