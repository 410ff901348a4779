import type { Namespace } from '@mini-compete/messages/catalog';
import type { ReactNode } from 'react';
import { compiledTexts } from './catalogs';
import { TextsProvider } from './texts.client';
import { getLanguage } from './texts.server';

/**
 * Sends namespaces of texts to the client components inside. Name only those that they use: the texts are part of the
 * page, and most components render on the server.
 */
export async function ClientTexts({ of, children }: { of: readonly Namespace[]; children: ReactNode }) {
  const language = await getLanguage();
  return (
    <TextsProvider language={language} texts={compiledTexts(language, of)}>
      {children}
    </TextsProvider>
  );
}
