import type { IncomingHttpHeaders } from 'node:http';
import Negotiator from 'negotiator';

const LANGUAGES = ['en', 'de', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language that `Accept-Language` prefers. */
export function languageFor(headers: IncomingHttpHeaders): Language {
  const [language] = new Negotiator({ headers }).languages([...LANGUAGES]);
  return LANGUAGES.find((supported) => supported === language) ?? 'en';
}
