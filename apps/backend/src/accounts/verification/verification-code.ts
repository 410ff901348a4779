import { createHmac, hkdfSync, randomInt, timingSafeEqual } from 'node:crypto';
import { CODE_LENGTH } from '@mini-compete/shared/verification';

export const newCode = (): string => String(randomInt(10 ** CODE_LENGTH)).padStart(CODE_LENGTH, '0');

/** A key for codes alone: with the JWT secret itself, a signature for another purpose could be the hash of a code. */
export const codeKey = (jwtSecret: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', jwtSecret, '', 'mini-compete verification code v1', 32));

/**
 * With a key of the servers: of a plain hash, a reader of the table could try all million codes. With the account
 * and the request, so that the same code of another account, or of an earlier mail, has another hash.
 */
export const hashCode = (key: Uint8Array, userId: string, verificationId: string, code: string) =>
  Uint8Array.from(createHmac('sha256', key).update(`${userId} ${verificationId} ${code}`).digest());

export const hashesMatch = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);
