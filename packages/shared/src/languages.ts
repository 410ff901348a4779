// Without Zod: every page imports this file, and would have to load Zod as well.

/** The languages of pages, messages and errors. The first is the default. */
export const LANGUAGES = ['en', 'de', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

export const DEFAULT_LANGUAGE: Language = 'en';

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/**
 * The locale for `Intl`. English writes the day before the month and 24 hours, which readers everywhere understand;
 * Arabic writes Latin digits, as the fields of browsers do.
 */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', ar: 'ar-u-nu-latn' };

const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * Wraps what people wrote in isolates (U+2068, U+2069) when its direction may differ from that of the text around it:
 * without them, its digits and punctuation would jump to the other end of the sentence.
 */
export function isolate(language: Language, value: string): string {
  const isMixed = directionOf(language) === 'rtl' || RIGHT_TO_LEFT.test(value);
  return isMixed ? `\u2068${value}\u2069` : value;
}
