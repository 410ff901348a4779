// Cookies for display preferences. They contain neither secrets nor personal data.

export const THEME_COOKIE = 'theme';
export const ZONE_COOKIE = 'zone';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const parseTheme = (value: string | undefined): Theme => THEMES.find((theme) => theme === value) ?? 'system';

/** UTC for an unknown time zone; the browser corrects it on hydration. */
export function parseTimeZone(value: string | undefined): string {
  if (!value || !/^[A-Za-z][\w+\-/]{0,63}$/.test(value)) return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

const ONE_YEAR_SECONDS = 31_536_000;

export function setPreferenceCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: not every supported browser has the Cookie Store API
  document.cookie = `${name}=${value}; Path=/; Max-Age=${ONE_YEAR_SECONDS}; SameSite=Lax`;
}

/** The front server reads it, and passes the language to the web app. */
export const LANGUAGE_COOKIE = 'language';
