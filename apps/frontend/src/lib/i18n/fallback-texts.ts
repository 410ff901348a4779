import { fallback as ar } from '@mini-compete/messages/ar/fallback';
import { fallback as de } from '@mini-compete/messages/de/fallback';
import { fallback as en } from '@mini-compete/messages/en/fallback';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '@mini-compete/shared/languages';

const TEXTS = { en, de, ar };

/** The language of the page in the browser; on the server, where these texts are only logged, English. */
export function pageLanguage(): Language {
  const current = typeof document === 'undefined' ? undefined : document.documentElement.lang;
  return LANGUAGES.find((language) => language === current) ?? DEFAULT_LANGUAGE;
}

/** In the browser's bundle in all languages, because they are needed when nothing else could be loaded. */
export const fallbackTexts = () => TEXTS[pageLanguage()];
