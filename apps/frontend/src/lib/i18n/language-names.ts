import type { Language } from '@mini-compete/shared/languages';

/** Each language in itself, so that its speakers find it on a page that they cannot read. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', ar: 'العربية' };
