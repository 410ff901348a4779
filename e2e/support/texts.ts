import type { Namespace } from '../../packages/messages/src/catalog.js';
import { translatorFor } from '../../packages/messages/src/translator.js';
import type { Language } from '../../packages/shared/src/languages.js';

/** The texts of the pages. */
export const texts = <N extends Namespace>(namespace: N, language: Language = 'en') =>
  translatorFor(language, namespace);
