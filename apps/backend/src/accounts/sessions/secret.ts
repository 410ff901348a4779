import { createHash, randomBytes } from 'node:crypto';

/** A random token for a client. The server stores its hash only. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** A plain SHA-256 without salt or stretching is enough: the secret has 256 random bits. */
export const hashSecret = (secret: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(createHash('sha256').update(secret).digest());
