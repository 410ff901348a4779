import type { IncomingHttpHeaders } from 'node:http';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '@mini-compete/shared/languages';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/** The language that a person has chosen. Not secret: scripts of the pages may read it. */
export const LANGUAGE_COOKIE = 'language';

/** Null for a missing value and for a language that this version does not have. */
export const supportedLanguage = (value: unknown): Language | null =>
  LANGUAGES.find((language) => language === value) ?? null;

/** The language of a response to this request. */
export const languageFor = (headers: IncomingHttpHeaders): Language => acceptedLanguage(headers) ?? DEFAULT_LANGUAGE;

/** Browsers send a few different values. Parsing them for each response would show on a sold-out competition. */
const parsed = new LRUCache<string, { readonly language: Language | null }>({ max: 1_000 });
/** Longer values are not cached, so that clients cannot fill the memory. */
const MAX_CACHED_LENGTH = 200;

/** The language that `Accept-Language` prefers; null when it asks for none of ours. */
export function acceptedLanguage({ 'accept-language': accepted }: IncomingHttpHeaders): Language | null {
  if (accepted === undefined) return null;
  const cached = parsed.get(accepted);
  if (cached !== undefined) return cached.language;
  const language = preferredLanguage(accepted);
  if (accepted.length <= MAX_CACHED_LENGTH) parsed.set(accepted, { language });
  return language;
}

function preferredLanguage(accepted: string): Language | null {
  // The default of programs, such as Node's fetch: nobody has chosen a language.
  if (accepted.trim() === '*') return null;
  const [language] = new Negotiator({ headers: { 'accept-language': accepted } }).languages([...LANGUAGES]);
  return supportedLanguage(language);
}
