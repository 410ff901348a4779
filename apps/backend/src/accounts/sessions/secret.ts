import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** A token that nobody guesses. It is handed out once; kept is its hash only. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** Enough without salt or stretching: the secret has 256 random bits. */
export const hashSecret = (secret: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(createHash('sha256').update(secret).digest());

/** Derives refresh tokens and nothing else: with the bare JWT secret, a signature made elsewhere could be a token. */
export const successorKey = (jwtSecret: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', jwtSecret, '', 'mini-compete refresh token successor v1', 32));

/**
 * The refresh token that follows this one. A random one would give two holders of a token two branches, of which a
 * copied one lives on unnoticed; this one is the same for both, and no server has to keep it.
 */
export const successorOf = (key: Uint8Array, refreshToken: string): string =>
  createHmac('sha256', key).update(refreshToken).digest('base64url');
