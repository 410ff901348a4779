import { type Language, LOCALES } from '@mini-compete/shared/languages';
import { createTranslator } from 'use-intl/core';
import { CATALOGS, type Catalog, type Namespace } from './catalog.js';

export type Translator<N extends Namespace> = ReturnType<typeof createTranslator<Catalog, N>>;

const translators = new Map<string, unknown>();

/** Texts of a namespace in a language, for API and worker. Translators are kept: they cache what they have parsed. */
export function translatorFor<N extends Namespace>(language: Language, namespace: N): Translator<N> {
  const key = `${language} ${namespace}`;
  let translator = translators.get(key) as Translator<N> | undefined;
  if (translator === undefined) {
    const messages = CATALOGS[language] as Catalog;
    translator = createTranslator<Catalog, N>({ locale: LOCALES[language], messages, namespace, onError: fail });
    translators.set(key, translator);
  }
  return translator;
}

/** By default the key is shown instead of the text. */
function fail(error: Error): never {
  throw error;
}
