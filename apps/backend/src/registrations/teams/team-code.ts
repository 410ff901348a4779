import { randomInt } from 'node:crypto';
import { CODE_ALPHABET, CODE_LENGTH } from '@mini-compete/shared/team-rules';

/** One of 8 · 10^14: nobody finds one by trying. */
export const newCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('');
