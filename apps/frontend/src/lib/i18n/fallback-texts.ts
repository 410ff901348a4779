import { fallback as ar } from '@mini-compete/messages/ar/fallback';
import { fallback as de } from '@mini-compete/messages/de/fallback';
import { fallback as en } from '@mini-compete/messages/en/fallback';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '@mini-compete/shared/languages';
import { LANGUAGE_COOKIE } from '@/lib/preferences';

const TEXTS = { en, de, ar };

const supported = (value: string | undefined) => LANGUAGES.find((language) => language === value);

/** The language of the page in the browser; on the server, where these texts are only logged, English. */
export function pageLanguage(): Language {
  if (typeof document === 'undefined') return DEFAULT_LANGUAGE;
  return supported(document.documentElement.lang) ?? chosenLanguage() ?? DEFAULT_LANGUAGE;
}

/** As the front server negotiates it: a page that failed before its layout was rendered names no language. */
function chosenLanguage(): Language | undefined {
  const cookie = new RegExp(`(?:^|; )${LANGUAGE_COOKIE}=(\\w+)`).exec(document.cookie)?.[1];
  const accepted = navigator.languages.map((tag) => supported(tag.split('-', 1)[0]));
  return supported(cookie) ?? accepted.find((language) => language !== undefined);
}

/** In the browser's bundle in all languages, because they are needed when nothing else could be loaded. */
export const fallbackTexts = () => TEXTS[pageLanguage()];
