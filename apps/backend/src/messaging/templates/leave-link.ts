import { createHmac, timingSafeEqual } from 'node:crypto';

/** Part of the key derivation: a signature that the same secret made for another purpose is not a valid leave token. */
const PURPOSE = 'mini-compete leave link v1';
const TOKEN = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([\w-]{43})$/;

/** A token that lets its bearer end one registration without signing in. Links in messages carry it. */
export function signLeaveToken(jwtSecret: string, registrationId: string): string {
  return `${registrationId}.${signature(jwtSecret, registrationId).toString('base64url')}`;
}

/** The registration of a token, or null for an invalid token. */
export function verifyLeaveToken(jwtSecret: string, token: string): string | null {
  const [, registrationId, encoded] = TOKEN.exec(token) ?? [];
  if (registrationId === undefined || encoded === undefined) return null;
  const bytes = Buffer.from(encoded, 'base64url');
  const expected = signature(jwtSecret, registrationId);
  return bytes.length === expected.length && timingSafeEqual(bytes, expected) ? registrationId : null;
}

export const leaveLink = (frontendUrl: string, jwtSecret: string, registrationId: string): string =>
  `${frontendUrl}/leave?token=${signLeaveToken(jwtSecret, registrationId)}`;

function signature(jwtSecret: string, registrationId: string): Buffer {
  const key = createHmac('sha256', jwtSecret).update(PURPOSE).digest();
  return createHmac('sha256', key).update(registrationId).digest();
}
