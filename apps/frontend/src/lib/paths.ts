/** Only a path of this site: `next` must not lead a person who signs in to somebody else's page. */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith('/') || /^\/[/\\]/.test(next) || /[\u0000-\u001f\\]/.test(next)) return '/';
  return /^\/(sign-in|sign-up|api)\b/.test(next) ? '/' : next;
}

export const signInPath = (next: string): string => `/sign-in?next=${encodeURIComponent(next)}`;

export const competitionPath = (id: string): string => `/competitions/${id}`;
