'use client';

import type { Catalog, Namespace } from '@mini-compete/messages/catalog';
import { DEFAULT_LANGUAGE, type Language, LOCALES } from '@mini-compete/shared/languages';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { IntlProvider, useTranslations } from 'use-intl/react';
import { useTimeZone } from '@/lib/time-zone';
import type { CompiledTexts } from './catalogs';
import { createFormats, type Formats } from './formats';

/* `#texts` in client components. Server components get texts.server.ts, which exports the same hooks. */

type Provided = { readonly language: Language; readonly texts: CompiledTexts };
const TextsContext = createContext<Provided>({ language: DEFAULT_LANGUAGE, texts: {} });

/** Gives client components the texts of `texts`, besides those of the providers around it. */
export function TextsProvider({ language, texts, children }: Provided & { children: ReactNode }) {
  const outer = useContext(TextsContext);
  const value = useMemo(() => ({ language, texts: { ...outer.texts, ...texts } }), [language, outer, texts]);
  return (
    <TextsContext value={value}>
      <IntlProvider locale={LOCALES[language]} timeZone="UTC" messages={value.texts as unknown as Catalog}>
        {children}
      </IntlProvider>
    </TextsContext>
  );
}

export const useLanguage = (): Language => useContext(TextsContext).language;

/** The texts of a namespace. A provider around the component has to have it: see client-texts.tsx. */
export const useTexts = <N extends Namespace>(namespace: N) => useTranslations(namespace);

/** Dates, numbers and durations in the reader's language and zone. */
export function useFormats(): Formats {
  const language = useLanguage();
  const zone = useTimeZone();
  const t = useTranslations('common');
  return useMemo(() => createFormats(language, zone, t), [language, zone, t]);
}
