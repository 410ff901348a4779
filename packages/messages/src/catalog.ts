import type { Language } from '@mini-compete/shared/languages';
import { ar } from './ar/ar.js';
import { de } from './de/de.js';
import { en } from './en/en.js';
import type { Translation } from './en/translation.js';

/** English defines the keys and the arguments. The other languages do not compile without the same keys. */
export type Catalog = typeof en;
export type Namespace = keyof Catalog;

export const CATALOGS: Readonly<Record<Language, Translation<Catalog>>> = { en, de, ar };
