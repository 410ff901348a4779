import 'server-only';
import { CATALOGS, type Catalog, type Namespace } from '@mini-compete/messages/catalog';
import type { Language } from '@mini-compete/shared/languages';
import compile from 'icu-minify/compile';
import { usesPseudoLanguage } from '@/lib/config';
import { pseudoText } from './pseudo-language';

/** Texts that are parsed already: the web app's bundle has no parser (see `resolveAlias` in next.config.ts). */
export type CompiledTexts = Partial<Record<Namespace, unknown>>;

const compiled = new Map<string, unknown>();

/** The texts of some namespaces, for a provider of client components. Each is compiled once per process. */
export function compiledTexts(language: Language, namespaces: readonly Namespace[]): CompiledTexts {
  return Object.fromEntries(namespaces.map((namespace) => [namespace, compiledNamespace(language, namespace)]));
}

function compiledNamespace(language: Language, namespace: Namespace): unknown {
  const key = `${language} ${namespace}`;
  if (!compiled.has(key)) compiled.set(key, compileAll(CATALOGS[language][namespace]));
  return compiled.get(key);
}

const compileAll = (texts: object): unknown =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, typeof text === 'string' ? compileText(text) : compileAll(text)]),
  );

/** The compiler creates objects without a prototype, which React does not send to client components. */
const compileText = (text: string): unknown =>
  JSON.parse(JSON.stringify(compile(usesPseudoLanguage() ? pseudoText(text) : text)));

/** As the type of the catalog that the translators are checked against. */
export const asCatalog = (texts: CompiledTexts) => texts as unknown as Catalog;
