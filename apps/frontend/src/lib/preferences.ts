/** What a browser tells the server about how its reader likes to read. No secrets, no identity. */
export const THEME_COOKIE = 'theme';
export const ZONE_COOKIE = 'zone';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const asTheme = (value: string | undefined): Theme => THEMES.find((theme) => theme === value) ?? 'system';

/** A zone that this server knows too; otherwise times are given in UTC until the page comes alive. */
export function asZone(value: string | undefined): string {
  if (!value || !/^[\w+\-/]{1,64}$/.test(value)) return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

const A_YEAR = 31_536_000;

export function remember(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not there in every browser we support
  document.cookie = `${name}=${value}; Path=/; Max-Age=${A_YEAR}; SameSite=Lax`;
}
