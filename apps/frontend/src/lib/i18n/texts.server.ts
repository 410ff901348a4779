import 'server-only';
import type { Catalog, Namespace } from '@mini-compete/messages/catalog';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language, LOCALES } from '@mini-compete/shared/languages';
import { cookies, headers } from 'next/headers';
import { cache, use } from 'react';
import { createTranslator } from 'use-intl/core';
import { parseTimeZone, ZONE_COOKIE } from '@/lib/preferences';
import { getCurrentUser } from '@/lib/session';
import { asCatalog, compiledTexts } from './catalogs';
import { createFormats, type Formats } from './formats';

/* `#texts` in server components. Client components get texts.client.tsx, which exports the same hooks. */

/** The front server has negotiated it: the choice of the account, else of the browser. */
export const getLanguage = cache(async (): Promise<Language> => {
  const accepted = (await headers()).get('accept-language');
  return LANGUAGES.find((language) => language === accepted) ?? DEFAULT_LANGUAGE;
});

/** That of the account until the browser has told its own: the first page would have hours in UTC. */
export const getTimeZone = cache(async () => {
  const told = (await cookies()).get(ZONE_COOKIE)?.value;
  return parseTimeZone(told ?? (await getCurrentUser())?.timeZone ?? undefined);
});

/** The texts of a namespace, for async components and metadata. */
export const getTexts = async <N extends Namespace>(namespace: N) => textsFor(await getLanguage(), namespace);

/** Dates, numbers and durations in the reader's language and zone, for async components and metadata. */
export const getFormats = cache(async (): Promise<Formats> => {
  const [language, zone] = await Promise.all([getLanguage(), getTimeZone()]);
  return createFormats(language, zone, textsFor(language, 'common'));
});

export const useLanguage = (): Language => use(getLanguage());
export const useTexts = <N extends Namespace>(namespace: N) => textsFor(useLanguage(), namespace);
export const useFormats = (): Formats => use(getFormats());

type Texts<N extends Namespace> = ReturnType<typeof createTranslator<Catalog, N>>;

const translators = new Map<string, unknown>();

function textsFor<N extends Namespace>(language: Language, namespace: N): Texts<N> {
  const key = `${language} ${namespace}`;
  let texts = translators.get(key) as Texts<N> | undefined;
  if (texts === undefined) {
    const messages = asCatalog(compiledTexts(language, [namespace]));
    texts = createTranslator<Catalog, N>({ locale: LOCALES[language], timeZone: 'UTC', messages, namespace });
    translators.set(key, texts);
  }
  return texts;
}
