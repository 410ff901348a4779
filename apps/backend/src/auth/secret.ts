import { createHash, randomBytes } from 'node:crypto';

/** A token that nobody guesses. It is handed out once; kept is its hash only. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Enough without salt or stretching: the secret has 256 random bits. */
export const hashSecret = (secret: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(createHash('sha256').update(secret).digest());
