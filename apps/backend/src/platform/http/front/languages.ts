import Negotiator from 'negotiator';

export const LANGUAGES = ['en', 'de', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The one that a reader likes best of those we speak. */
export function languageFor(headers: { readonly 'accept-language'?: string | undefined }): Language {
  // Without a preference the first one is as good as any.
  const [language] = new Negotiator({ headers }).languages([...LANGUAGES]);
  return LANGUAGES.find((one) => one === language) ?? 'en';
}
